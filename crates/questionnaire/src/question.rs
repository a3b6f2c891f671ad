//! The eight questions, their order, and which of them follow up on another.

use serde::{Deserialize, Serialize};

/// One of the eight questions that lead to the characteristics of § 4 Abs. 1 MighEV.
///
/// The numbers are the wire numbers of form version 1 and the order of the table; they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Question {
    /// Does the person hold German nationality? A second one beside it still counts as yes (§ 4 Abs. 1 Nr. 1).
    #[serde(rename = "german_nationality")]
    GermanNationality = 0,
    /// Does the place of birth lie outside today's borders of Germany (§ 4 Abs. 1 Nr. 2)?
    #[serde(rename = "born_outside")]
    BornOutside = 1,
    /// Did the person immigrate into today's territory after 1949, that is from 1 January 1950 (§ 4 Abs. 1 Nr. 2)?
    #[serde(rename = "immigrated_after_1949")]
    ImmigratedAfter1949 = 2,
    /// Was German nationality acquired as resettler, or as spouse or descendant of one (§ 4 Abs. 1 Nr. 3)?
    #[serde(rename = "resettler")]
    Resettler = 3,
    /// [`Question::BornOutside`] for the mother (parent 1) (§ 4 Abs. 1 Nr. 4).
    #[serde(rename = "mother_born_outside")]
    MotherBornOutside = 4,
    /// [`Question::ImmigratedAfter1949`] for the mother (parent 1) (§ 4 Abs. 1 Nr. 4).
    #[serde(rename = "mother_immigrated_after_1949")]
    MotherImmigratedAfter1949 = 5,
    /// [`Question::BornOutside`] for the father (parent 2) (§ 4 Abs. 1 Nr. 4).
    #[serde(rename = "father_born_outside")]
    FatherBornOutside = 6,
    /// [`Question::ImmigratedAfter1949`] for the father (parent 2) (§ 4 Abs. 1 Nr. 4).
    #[serde(rename = "father_immigrated_after_1949")]
    FatherImmigratedAfter1949 = 7,
}

impl Question {
    /// How many questions form version 1 has.
    pub const COUNT: usize = 8;

    /// All questions in the order of the form, which is the order of their wire numbers.
    pub const ALL: [Self; Self::COUNT] = [
        Self::GermanNationality,
        Self::BornOutside,
        Self::ImmigratedAfter1949,
        Self::Resettler,
        Self::MotherBornOutside,
        Self::MotherImmigratedAfter1949,
        Self::FatherBornOutside,
        Self::FatherImmigratedAfter1949,
    ];

    /// The stable number of this question in every encoding, 0 to 7.
    pub const fn wire(self) -> u8 {
        self as u8
    }

    /// The question with this wire number.
    pub fn from_wire(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The stable name of this question in files and across the command boundary.
    pub const fn key(self) -> &'static str {
        match self {
            Self::GermanNationality => "german_nationality",
            Self::BornOutside => "born_outside",
            Self::ImmigratedAfter1949 => "immigrated_after_1949",
            Self::Resettler => "resettler",
            Self::MotherBornOutside => "mother_born_outside",
            Self::MotherImmigratedAfter1949 => "mother_immigrated_after_1949",
            Self::FatherBornOutside => "father_born_outside",
            Self::FatherImmigratedAfter1949 => "father_immigrated_after_1949",
        }
    }

    /// The question with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.key() == key)
    }

    /// The first question this one follows up on; `None` for a question that is always asked.
    ///
    /// A follow-up is asked only after yes. First questions never follow up on anything, so one step is enough.
    pub const fn follow_up_of(self) -> Option<Self> {
        match self {
            Self::ImmigratedAfter1949 => Some(Self::BornOutside),
            Self::Resettler => Some(Self::GermanNationality),
            Self::MotherImmigratedAfter1949 => Some(Self::MotherBornOutside),
            Self::FatherImmigratedAfter1949 => Some(Self::FatherBornOutside),
            Self::GermanNationality | Self::BornOutside | Self::MotherBornOutside | Self::FatherBornOutside => None,
        }
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}
