//! The office's entry mask: how the benefits system asks for what a form says.

use minicbor::{Decode, Encode};

/// What one field of the benefits system records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum MaskSource {
    /// § 4 Abs. 1 Nr. 1 MighEV.
    #[n(1)]
    Characteristic1,
    /// § 4 Abs. 1 Nr. 2 MighEV.
    #[n(2)]
    Characteristic2,
    /// § 4 Abs. 1 Nr. 3 MighEV.
    #[n(3)]
    Characteristic3,
    /// § 4 Abs. 1 Nr. 4 MighEV.
    #[n(4)]
    Characteristic4,
    /// Question 1: German nationality.
    #[n(11)]
    GermanNationality,
    /// Question 2: born outside today's borders.
    #[n(12)]
    BornOutside,
    /// Question 3: immigrated after 1949.
    #[n(13)]
    ImmigratedAfter1949,
    /// Question 4: nationality as a resettler, or as spouse or descendant of one.
    #[n(14)]
    Resettler,
    /// Question 5: the mother was born outside.
    #[n(15)]
    MotherBornOutside,
    /// Question 6: she immigrated after 1949.
    #[n(16)]
    MotherImmigratedAfter1949,
    /// Question 7: the father was born outside.
    #[n(17)]
    FatherBornOutside,
    /// Question 8: he immigrated after 1949.
    #[n(18)]
    FatherImmigratedAfter1949,
}

impl MaskSource {
    /// The four characteristics of § 4 Abs. 1 MighEV.
    pub const CHARACTERISTICS: [Self; 4] = [Self::Characteristic1, Self::Characteristic2, Self::Characteristic3, Self::Characteristic4];
    /// The eight questions, in the order of the form.
    pub const QUESTIONS: [Self; 8] = [
        Self::GermanNationality,
        Self::BornOutside,
        Self::ImmigratedAfter1949,
        Self::Resettler,
        Self::MotherBornOutside,
        Self::MotherImmigratedAfter1949,
        Self::FatherBornOutside,
        Self::FatherImmigratedAfter1949,
    ];

    /// Whether it is a question that applies only after another answer: nothing else can have no value.
    #[must_use]
    pub fn is_follow_up(self) -> bool {
        matches!(self, Self::ImmigratedAfter1949 | Self::Resettler | Self::MotherImmigratedAfter1949 | Self::FatherImmigratedAfter1949)
    }
}

/// One field of the benefits system, and what to put in for each value.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MaskField {
    /// What it records.
    #[n(0)]
    pub source: MaskSource,
    /// What stands beside it on the benefits system's screen.
    #[n(1)]
    pub label: String,
    /// What to put in for "Ja".
    #[n(2)]
    pub yes: String,
    /// What to put in for "Nein".
    #[n(3)]
    pub no: String,
    /// What to put in for "Keine Angabe".
    #[n(4)]
    pub declined: String,
    /// What to put in for a follow-up that does not apply; none where it is recorded as "Nein".
    #[n(5)]
    pub does_not_apply: Option<String>,
}

/// The fields in the order in which the benefits system asks for them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EntryMask {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// What the office calls it.
    #[n(1)]
    pub name: String,
    /// All four characteristics, or all eight questions: what a mask left out would be lost.
    #[n(2)]
    pub fields: Vec<MaskField>,
    /// Whether the clerk says with every form that the internal code "MIG" is set.
    #[n(3)]
    pub asks_mig: bool,
}
