//! The office's entry mask: its file, and what it looks like.

use protocol::directory::MaskSource;
use serde::{Deserialize, Serialize};

use crate::api::entry::EntryRow;

#[cfg(test)]
use ts_rs::TS;

code! {
    /// What one field of the benefits system records: a characteristic of § 4 Abs. 1 MighEV, or one of the eight questions.
    FieldKey {
        /// § 4 Abs. 1 Nr. 1 MighEV.
        #[serde(rename = "characteristic_1")]
        Characteristic1,
        /// § 4 Abs. 1 Nr. 2 MighEV.
        #[serde(rename = "characteristic_2")]
        Characteristic2,
        /// § 4 Abs. 1 Nr. 3 MighEV.
        #[serde(rename = "characteristic_3")]
        Characteristic3,
        /// § 4 Abs. 1 Nr. 4 MighEV.
        #[serde(rename = "characteristic_4")]
        Characteristic4,
        /// Question 1.
        GermanNationality,
        /// Question 2.
        BornOutside,
        /// Question 3.
        #[serde(rename = "immigrated_after_1949")]
        ImmigratedAfter1949,
        /// Question 4.
        Resettler,
        /// Question 5.
        MotherBornOutside,
        /// Question 6.
        #[serde(rename = "mother_immigrated_after_1949")]
        MotherImmigratedAfter1949,
        /// Question 7.
        FatherBornOutside,
        /// Question 8.
        #[serde(rename = "father_immigrated_after_1949")]
        FatherImmigratedAfter1949,
    }
}

dto! {
    /// A mask file as text; none: back to the mask that the app brings.
    MaskSet { text: Option<String> }
    /// A mask file to be looked at before anybody works with it.
    MaskText { text: String }
    /// A mask: its file, its fields, and how a form of somebody made up looks under it.
    MaskView {
        /// The file, as it can be changed and set again.
        text: String,
        /// Whether the office set it; otherwise it is the app's.
        own: bool,
        name: String,
        asks_mig: bool,
        fields: Vec<MaskFieldView>,
        example: Vec<EntryRow>,
    }
    /// One field of the mask, with what is put in for each value.
    MaskFieldView {
        source: FieldKey,
        label: String,
        yes: String,
        no: String,
        declined: String,
        /// For a follow-up that does not apply; none where that cannot be.
        does_not_apply: Option<String>,
    }
}

impl From<MaskSource> for FieldKey {
    fn from(source: MaskSource) -> Self {
        match source {
            MaskSource::Characteristic1 => Self::Characteristic1,
            MaskSource::Characteristic2 => Self::Characteristic2,
            MaskSource::Characteristic3 => Self::Characteristic3,
            MaskSource::Characteristic4 => Self::Characteristic4,
            MaskSource::GermanNationality => Self::GermanNationality,
            MaskSource::BornOutside => Self::BornOutside,
            MaskSource::ImmigratedAfter1949 => Self::ImmigratedAfter1949,
            MaskSource::Resettler => Self::Resettler,
            MaskSource::MotherBornOutside => Self::MotherBornOutside,
            MaskSource::MotherImmigratedAfter1949 => Self::MotherImmigratedAfter1949,
            MaskSource::FatherBornOutside => Self::FatherBornOutside,
            MaskSource::FatherImmigratedAfter1949 => Self::FatherImmigratedAfter1949,
        }
    }
}

impl From<FieldKey> for MaskSource {
    fn from(key: FieldKey) -> Self {
        match key {
            FieldKey::Characteristic1 => Self::Characteristic1,
            FieldKey::Characteristic2 => Self::Characteristic2,
            FieldKey::Characteristic3 => Self::Characteristic3,
            FieldKey::Characteristic4 => Self::Characteristic4,
            FieldKey::GermanNationality => Self::GermanNationality,
            FieldKey::BornOutside => Self::BornOutside,
            FieldKey::ImmigratedAfter1949 => Self::ImmigratedAfter1949,
            FieldKey::Resettler => Self::Resettler,
            FieldKey::MotherBornOutside => Self::MotherBornOutside,
            FieldKey::MotherImmigratedAfter1949 => Self::MotherImmigratedAfter1949,
            FieldKey::FatherBornOutside => Self::FatherBornOutside,
            FieldKey::FatherImmigratedAfter1949 => Self::FatherImmigratedAfter1949,
        }
    }
}
