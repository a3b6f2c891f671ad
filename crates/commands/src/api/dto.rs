//! How the types of the seam are declared: readable by the shells, printed by nobody.

macro_rules! dto {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Serialize, Deserialize)]
        #[cfg_attr(test, derive(TS))]
        #[allow(missing_docs, reason = "fields named like what they are; where that does not suffice they have a line")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }

        /// Names, numbers, answers and tickets pass through here: none of it may reach a log by a careless `{:?}`.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

/// Arguments that carry a passphrase: they come in, and are never written anywhere.
macro_rules! secret_dto {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(test, derive(TS))]
        #[expect(missing_docs, reason = "named like what the people type")]
        pub struct $name { $(pub $field: $type),* }
    )*};
}

macro_rules! code {
    ($($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(TS))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_meta])* $variant),* }
    )*};
}
