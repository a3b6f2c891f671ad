//! A change of mind after the handover: withdraw, correct, or answer after a refusal, from the customer number alone.

use questionnaire::Asking;
use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

use super::TypedNumber;

code! {
    /// Where a customer's form is. Whether they answered or declined is nowhere known.
    ChangeState {
        /// No form of this customer is known here or at the endpoint. It may still be sealed on a colleague's device.
        Unknown,
        /// A draft on this device: change it there.
        Draft,
        /// Sealed, not entered: a new form replaces it.
        Waiting,
        /// A clerk opened it and may be entering it: a new form replaces it, and the clerk is told.
        Opened,
        /// Entered and destroyed: what is still possible is a letter (Art. 15 to 17 GDPR).
        Entered,
    }
}

dto! {
    /// Asks where a customer's form is.
    ChangeLookup { number: TypedNumber }
    /// Where it is.
    ChangeFound {
        state: ChangeState,
        /// For a draft: the unit it is in.
        unit: Option<String>,
        /// For a draft: whose it is.
        member: Option<String>,
    }
    /// Begins a form that replaces the one before entry. `withdraw`: it declines everything and is checked, ready to be finalised.
    ChangeBegin {
        number: TypedNumber,
        /// Stays on the device; may be empty.
        label: String,
        #[cfg_attr(test, ts(type = "Asking"))]
        asking: Asking,
        withdraw: bool,
    }
}
