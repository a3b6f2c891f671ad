//! The test households: who they are, what they answer, and which four characteristics follow (§ 4 Abs. 1 MighEV).

/// One member of a household.
pub struct Person {
    /// Label on the device.
    pub label: &'static str,
    /// Customer number; none: "Nummer folgt".
    pub number: Option<&'static str>,
    /// `to_person`, `to_parent`, `to_young_person`.
    pub asking: &'static str,
    /// What there is to do.
    pub form: Form,
}

/// What there is to do for a person.
pub enum Form {
    /// Answers in the order they are asked, `J`, `N`, `K`, and the characteristics M1 to M4.
    Answers(&'static str, &'static str),
    /// Refuses as a whole.
    Refuses,
    /// Was asked before (MIG is set).
    AlreadyCollected,
    /// Is not there; stays as a reminder.
    Absent,
}

/// A household.
pub struct Household {
    /// Its letter.
    pub name: &'static str,
    /// BG number; none for a person without benefit unit.
    pub unit: Option<&'static str>,
    /// Members that belong to the benefit unit.
    pub members: &'static [Person],
}

/// Households A to E with G's partner in A's neighbourhood. F has no form at all: neither the child with own income nor the grandmother is entered anywhere.
pub const HOUSEHOLDS: &[Household] = &[
    Household {
        name: "A",
        unit: Some("12345BG0000001"),
        members: &[
            Person { label: "Frau A.", number: Some("123A000001"), asking: "to_person", form: Form::Answers("JNNJJJJ", "JNNJ") },
            Person { label: "Partner", number: Some("123A000002"), asking: "to_person", form: Form::Refuses },
            Person { label: "Kind, 5", number: Some("123A000003"), asking: "to_parent", form: Form::Answers("JNNNK", "JNNK") },
        ],
    },
    Household {
        name: "B",
        unit: Some("12345BG0000002"),
        members: &[
            Person { label: "Mutter", number: Some("123B000001"), asking: "to_person", form: Form::Answers("JJJJJJJJ", "JJJJ") },
            Person { label: "Säugling", number: None, asking: "to_parent", form: Form::Answers("JNNJJN", "JNNJ") },
        ],
    },
    Household {
        name: "C",
        unit: None,
        members: &[Person { label: "Herr C.", number: Some("123C000001"), asking: "to_person", form: Form::Answers("JNNNN", "JNNN") }],
    },
    Household {
        name: "D",
        unit: Some("12345BG0000004"),
        members: &[
            Person { label: "Vater", number: Some("123D000001"), asking: "to_person", form: Form::Answers("NJJJNJN", "NJNN") },
            Person { label: "Onkel", number: Some("123D000002"), asking: "to_person", form: Form::Absent },
        ],
    },
    Household {
        name: "E",
        unit: Some("12345BG0000005"),
        members: &[Person { label: "Herr E.", number: Some("123E000001"), asking: "to_young_person", form: Form::Answers("JNJJJJJ", "JNJJ") }],
    },
    Household {
        name: "G",
        unit: Some("12345BG0000007"),
        members: &[
            Person { label: "Frau G.", number: Some("123G000001"), asking: "to_person", form: Form::Answers("JNNNN", "JNNN") },
            Person { label: "Partner", number: Some("123G000002"), asking: "to_person", form: Form::AlreadyCollected },
        ],
    },
];
