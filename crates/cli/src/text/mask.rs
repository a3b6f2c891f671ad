//! The entry mask, with a form of somebody made up.

use commands::api::{MaskFieldView, MaskView};

use super::enter::entry_rows;
use super::layout::{or_dash, table};
use super::{Readable, words};

impl Readable for MaskView {
    fn text(&self) -> String {
        let field = |field: &MaskFieldView| {
            let MaskFieldView { source, label, yes, no, declined, does_not_apply } = field;
            let source = words(source).replace(' ', "_");
            vec![source, label.clone(), yes.clone(), no.clone(), declined.clone(), or_dash(does_not_apply.as_deref())]
        };
        let fields: Vec<_> = self.fields.iter().map(field).collect();
        let whose = if self.own { "the office's" } else { "the app's" };
        let mig = if self.asks_mig { "Asks whether the internal code \"MIG\" is set." } else { "Does not ask about the internal code \"MIG\"." };
        let fields = table(&["Source", "Field", "Yes", "No", "Declined", "Does not apply"], &fields, "");
        format!("{} ({whose})\n{mig}\n\n{fields}\n\nA form of somebody made up:\n\n{}", self.name, entry_rows(&self.example))
    }
}
