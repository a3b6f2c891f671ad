//! One `Debug` for everything that tells an answer: the type's name and nothing else (§ 35 SGB I, § 4 Abs. 2 MighEV).

/// Implements a `Debug` that prints the name of the type only, so that no log, panic text or derived `Debug` of a
/// containing type can print an answer.
macro_rules! redacted_debug {
    ($($name:ident),+ $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    )+};
}

pub(crate) use redacted_debug;
