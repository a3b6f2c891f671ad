//! Units, members, forms, sealing, the MIG list.

use clap::ValueEnum;
use commands::Command;
use commands::api::{
    ChangeBegin, ChangeFound, ChangeLookup, Finalised, FormAnswer, FormGoTo, FormTakeParent, FormView, MemberAdd, MemberCard, MemberChange,
    MemberRef, MemberRemove, MigList, MigRef, Nothing, NumberBring, PaperList, Reconcile, ReconcileView, RecordRef, TypedNumber, UnitCreate,
    UnitDiscard, UnitFinalise, UnitListArgs, UnitPage, UnitRef, UnitView,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::arguments::{ChangeTask, FormTask, MemberTask, MigTask, PaperTask, UnitTask};
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::shell::Shell;

const CUSTOMER_NUMBER: &str = "Customer number (empty: it follows)";
const LABEL: &str = "Label, stays on this device (may be empty): ";

pub async fn unit(task: UnitTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        UnitTask::List { search, state, offset, limit } => {
            let search = if search { shell.input.line("Look for: ")? } else { String::new() };
            let state = state.map(wire).transpose()?;
            let command = || Command::UnitList(UnitListArgs { search: search.clone(), state, oldest_first: false, offset, limit });
            shell.run::<UnitPage>(command).await?.into()
        }
        UnitTask::Create => {
            let number = shell.input.number("Number of the unit (empty: a person without unit)")?;
            let label = shell.input.line(LABEL)?;
            shell.run::<UnitView>(|| Command::UnitCreate(UnitCreate { number: number.clone(), label: label.clone() })).await?.into()
        }
        UnitTask::Show { unit } => open(&unit, shell).await?.into(),
        UnitTask::Refuse { unit, member } => {
            shell.run::<UnitView>(|| Command::UnitRefuse(MemberRef { unit: unit.clone(), member: member.clone() })).await?.into()
        }
        UnitTask::Discard { unit, reason } => {
            let reason = key(reason);
            shell.run::<Nothing>(|| Command::UnitDiscard(UnitDiscard { unit: unit.clone(), reason: reason.clone() })).await?.into()
        }
    })
}

pub async fn member(task: MemberTask, shell: &mut Shell) -> Result<UnitView, Failure> {
    match task {
        MemberTask::Add { unit, asking, already_collected } => {
            let number = shell.input.number(CUSTOMER_NUMBER)?;
            let label = shell.input.line(LABEL)?;
            let asking = wire(asking)?;
            let add = MemberAdd { unit, label, number, asking, already_collected };
            shell.run(|| Command::MemberAdd(add.clone())).await
        }
        MemberTask::Change { unit, member, number, label, asking, already_collected, not_collected } => {
            let typed = if number { Some(shell.input.number(CUSTOMER_NUMBER)?) } else { None };
            let named = if label { Some(shell.input.line(LABEL)?) } else { None };
            let card = card(&unit, &member, shell).await?;
            let number = typed.unwrap_or_else(|| unchanged(card.number.as_deref()));
            let already = serde_json::to_value(card.state).is_ok_and(|state| state == "already_collected");
            let change = MemberChange {
                unit,
                member,
                label: named.unwrap_or(card.label),
                number,
                asking: asking.map_or(Ok(card.asking), wire)?,
                already_collected: (already || already_collected) && !not_collected,
            };
            shell.run(|| Command::MemberChange(change.clone())).await
        }
        MemberTask::Remove { unit, member, reason } => {
            let member = MemberRemove { unit, member, reason: key(reason) };
            shell.run(|| Command::MemberRemove(member.clone())).await
        }
    }
}

pub async fn form(task: FormTask, shell: &mut Shell) -> Result<FormView, Failure> {
    match task {
        FormTask::Show { unit, member } => on_member(unit, member, Command::FormOpen, shell).await,
        FormTask::Refuse { unit, member } => on_member(unit, member, Command::FormRefuse, shell).await,
        FormTask::UndoRefusal { unit, member } => on_member(unit, member, Command::FormUndoRefusal, shell).await,
        FormTask::Check { unit, member } => on_member(unit, member, Command::FormCheck, shell).await,
        FormTask::Answer { unit, member, question, informed } => {
            let question = parse(question, "this question does not exist; `bogen form show` lists the keys")?;
            let answer = shell.input.line("Answer (yes, no, declined; empty: take it back): ")?;
            let answer = if answer.is_empty() { None } else { Some(parse(answer, "the answer must be yes, no, declined or empty")?) };
            if informed {
                let whose = MemberRef { unit: unit.clone(), member: member.clone() };
                let _: Nothing = shell.run(|| Command::UnitInformed(whose.clone())).await?;
            }
            let answer = FormAnswer { unit, member, question, answer };
            shell.run(|| Command::FormAnswer(answer.clone())).await
        }
        FormTask::TakeParent { unit, member, parent, as_parent } => {
            let take = FormTakeParent { unit, member, parent, as_parent: wire(as_parent)? };
            shell.run(|| Command::FormTakeParent(take.clone())).await
        }
        FormTask::Goto { unit, member, question } => {
            let question = question.map(|question| parse(question, "this question does not exist; `bogen form show` lists the keys")).transpose()?;
            let place = FormGoTo { unit, member, question };
            shell.run(|| Command::FormGoTo(place.clone())).await
        }
    }
}

pub async fn finalise(unit: String, left_out: Vec<String>, shell: &mut Shell) -> Result<Finalised, Failure> {
    let finalise = UnitFinalise { unit, left_out };
    shell.run(|| Command::UnitFinalise(finalise.clone())).await
}

pub async fn mig(task: MigTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    let list: MigList = match task {
        MigTask::Compare => {
            let text = shell.input.rest()?;
            let view: ReconcileView = shell.run(|| Command::Reconcile(Reconcile { text: text.clone() })).await?;
            return Ok(view.into());
        }
        MigTask::List => shell.run(|| Command::MigList(Nothing {})).await?,
        MigTask::Number { entry } => {
            let number = shell.input.number("Customer number")?;
            shell.run(|| Command::NumberBring(NumberBring { entry: entry.clone(), number: number.clone() })).await?
        }
        MigTask::Tick { entry } => shell.run(|| Command::MigTick(MigRef { entry: entry.clone() })).await?,
        MigTask::Untick { entry } => shell.run(|| Command::MigUntick(MigRef { entry: entry.clone() })).await?,
    };
    Ok(list.into())
}

pub async fn paper(task: PaperTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    Ok(match task {
        PaperTask::Open { unit, member } => on_member(unit, member, Command::PaperOpen, shell).await?.into(),
        PaperTask::List => shell.run::<PaperList>(|| Command::Papers(Nothing {})).await?.into(),
        PaperTask::Shredded { record } => shell.run::<PaperList>(|| Command::PaperShredded(RecordRef { record: record.clone() })).await?.into(),
    })
}

pub async fn change(task: ChangeTask, shell: &mut Shell) -> Result<Outcome, Failure> {
    let number = shell.input.number("Customer number")?;
    Ok(match task {
        ChangeTask::Show => shell.run::<ChangeFound>(|| Command::ChangeLookup(ChangeLookup { number: number.clone() })).await?.into(),
        ChangeTask::Begin { asking, withdraw } => {
            let label = shell.input.line(LABEL)?;
            let begin = ChangeBegin { number, label, asking: wire(asking)?, withdraw };
            shell.run::<MemberRef>(|| Command::ChangeBegin(begin.clone())).await?.into()
        }
    })
}

async fn open(unit: &str, shell: &mut Shell) -> Result<UnitView, Failure> {
    shell.run(|| Command::UnitOpen(UnitRef { unit: unit.to_owned() })).await
}

async fn card(unit: &str, member: &str, shell: &mut Shell) -> Result<MemberCard, Failure> {
    let view = open(unit, shell).await?;
    let found = view.members.into_iter().find(|card| card.member == member);
    found.ok_or_else(|| commands::CommandError::new(commands::ErrorCode::NotFound).into())
}

async fn on_member(unit: String, member: String, command: fn(MemberRef) -> Command, shell: &mut Shell) -> Result<FormView, Failure> {
    let member = MemberRef { unit, member };
    shell.run(|| command(member.clone())).await
}

/// A number that stays as it is counts as typed.
fn unchanged(number: Option<&str>) -> TypedNumber {
    let number = number.unwrap_or_default().to_owned();
    TypedNumber { first: number.clone(), again: number }
}

/// The wire value of a choice on the command line: the same name with other strokes.
pub fn wire<A: ValueEnum, T: DeserializeOwned>(choice: A) -> Result<T, Failure> {
    parse(key(choice), "this choice is not known to the app")
}

fn key<A: ValueEnum>(choice: A) -> String {
    choice.to_possible_value().expect("invariant: no choice is hidden").get_name().replace('-', "_")
}

fn parse<T: DeserializeOwned>(key: String, otherwise: &str) -> Result<T, Failure> {
    serde_json::from_value(Value::String(key)).map_err(|_| Failure::usage(otherwise))
}
