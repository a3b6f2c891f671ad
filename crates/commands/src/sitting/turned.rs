//! The turned device: the customer has the screen, for one person's form and nothing else. The rule is kept here and not in the window, so that no click, key or
//! reload leads to the counsellor's side. Only the code does, or the passphrase after a lock.

use zeroize::Zeroizing;

use crate::App;
use crate::api::{CommandError, ErrorCode, MemberRef, Passphrase, Status, Turn, TurnBack};
use crate::catalogue::Command;
use crate::desk::Desk;
use crate::ids::parse_id;

/// Digits of a code, at least. It protects a sitting at one table, with [`TRIES`] before the passphrase is asked for.
const MIN_CODE: usize = 4;
/// Digits of a code, at most.
const MAX_CODE: usize = 8;
/// Wrong codes until the app locks.
const TRIES: u8 = 3;

/// Whether and for whom the device is turned. Forgotten with the sitting.
#[derive(Default)]
pub struct Turning {
    code: Option<Zeroizing<String>>,
    wrong: u8,
    whose: Option<MemberRef>,
}

impl Turning {
    /// Whose form is before the customer.
    pub fn whose(&self) -> Option<&MemberRef> {
        self.whose.as_ref()
    }

    /// Whether there is a code.
    pub fn has_code(&self) -> bool {
        self.code.is_some()
    }
}

impl App {
    /// Hands the screen to the customer.
    pub(crate) async fn turn(&self, args: Turn) -> Result<Status, CommandError> {
        {
            let mut desk = self.desk();
            let unit = desk.unlocked()?.unit(&parse_id(&args.unit)?)?;
            unit.member(&parse_id(&args.member)?).filter(|member| !member.is_already_collected()).ok_or(ErrorCode::NotFound)?;
            desk.choose_code(args.code.as_ref())?;
            desk.turning.whose = Some(MemberRef { unit: args.unit, member: args.member });
            desk.turning.wrong = 0;
        }
        self.changed();
        self.status_now()
    }

    /// Takes the screen back; after three wrong codes the app is locked.
    pub(crate) async fn turn_back(&self, args: TurnBack) -> Result<Status, CommandError> {
        let outcome = self.desk().check_code(&args.code);
        self.changed();
        outcome?;
        self.status_now()
    }

    /// Refuses everything but the form that the customer has before them.
    pub(crate) fn demand_not_turned(&self, command: &Command) -> Result<(), CommandError> {
        let desk = self.desk();
        match desk.turning.whose() {
            Some(whose) if !is_for_customer(command, whose) => Err(CommandError::new(ErrorCode::Turned)),
            _ => Ok(()),
        }
    }
}

impl Desk {
    /// The code of the sitting: the one chosen before, or this one.
    fn choose_code(&mut self, code: Option<&Passphrase>) -> Result<(), CommandError> {
        let Some(code) = code else {
            return if self.turning.has_code() { Ok(()) } else { Err(code_needed()) };
        };
        let digits = code.expose();
        let sound = (MIN_CODE..=MAX_CODE).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !sound {
            return Err(code_needed());
        }
        self.turning.code = Some(Zeroizing::new(digits.to_owned()));
        Ok(())
    }

    fn check_code(&mut self, code: &Passphrase) -> Result<(), CommandError> {
        self.unlocked()?;
        if self.turning.code.as_ref().is_some_and(|right| right.as_str() == code.expose()) {
            self.turning.whose = None;
            self.turning.wrong = 0;
            return Ok(());
        }
        self.turning.wrong += 1;
        let left = TRIES.saturating_sub(self.turning.wrong);
        if left == 0 {
            self.forget_pin();
            self.get_up();
            return Err(CommandError::new(ErrorCode::Locked));
        }
        Err(CommandError::new(ErrorCode::WrongCode).with("left", left))
    }
}

fn code_needed() -> CommandError {
    CommandError::new(ErrorCode::CodeNeeded).with("minimum", MIN_CODE)
}

/// What the customer's side needs. The check by the counsellor, other people's forms, lists and counts are not among it.
fn is_for_customer(command: &Command, whose: &MemberRef) -> bool {
    let same = |unit: &str, member: &str| unit == whose.unit && member == whose.member;
    match command {
        Command::Status(_) | Command::Wording(_) | Command::WordingIn(_) | Command::Lock(_) | Command::TurnBack(_) => true,
        // Answers of another person must not come to the customer's side by being taken over.
        Command::FormOpen(args) | Command::FormRefuse(args) | Command::FormUndoRefusal(args) | Command::UnitInformed(args) => {
            same(&args.unit, &args.member)
        }
        Command::FormAnswer(args) => same(&args.unit, &args.member),
        Command::FormGoTo(args) => same(&args.unit, &args.member),
        _ => false,
    }
}
