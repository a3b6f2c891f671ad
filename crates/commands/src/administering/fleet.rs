//! Devices that need a look, for the administrator: what lies on them for too long, and who was not heard of. Each device's own signature counts, never the
//! endpoint's word.

use office::directory::VerifiedDirectory;
use protocol::api::Done;
use protocol::directory::{Device, Role, Standing};
use protocol::fleet::{DeviceState, DeviceStatement, DeviceStatesReply};
use protocol::{DeviceId, MemberId, UnixTime};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, DeviceTrouble, EmptyDevice, ErrorCode, FleetRow, FleetView, Nothing, SyncAsk};
use crate::desk::Who;

/// Seconds.
const DAY: u64 = 24 * 3600;
/// Deadlines that count while an office has set none, in days.
const DEFAULTS: [u16; 2] = [3, 9];

/// After how many seconds something is overdue.
struct Limits {
    unsent: u64,
    silent: u64,
}

impl App {
    /// Devices that need a look.
    pub(crate) async fn fleet(&self, _: Nothing) -> Result<FleetView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let reply: DeviceStatesReply = self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/device-states", None).await?;
        let now = self.endpoint_now().await?;
        let desk = self.desk();
        let days = desk.deadlines();
        let seconds = |step: usize| u64::from(days.get(step).copied().unwrap_or(DEFAULTS[step])) * DAY;
        let limits = Limits { unsent: seconds(0), silent: seconds(1) };
        Ok(view(desk.directory()?, &reply.devices, &limits, now))
    }

    /// Asks a device to deliver at its next contact, or takes that back.
    pub(crate) async fn sync_ask(&self, args: SyncAsk) -> Result<FleetView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        let device = DeviceId::parse(&args.device).ok_or(ErrorCode::NotFound)?;
        let path = format!("/v1/devices/{device}/sync-request");
        if args.ask {
            self.exchange::<_, Done>(Who::Member, Method::POST, &path, Some(&Done {})).await?;
        } else {
            self.exchange::<Done, Done>(Who::Member, Method::DELETE, &path, None).await?;
        }
        self.fleet(Nothing {}).await
    }
}

fn view(directory: &VerifiedDirectory, states: &[DeviceState], limits: &Limits, now: UnixTime) -> FleetView {
    let mut view = FleetView { overdue: Vec::new(), others: 0, empty: Vec::new() };
    for device in &directory.get().devices {
        let state = states.iter().find(|state| state.device == device.device);
        let statement = state.map_or(Said::Nothing, |state| said(state, directory));
        let active = device.standing == Standing::Active;
        if let Said::Word(word, _) = &statement
            && word.empty
        {
            let said = |member: MemberId| EmptyDevice { device: device.device.to_string(), member: member.to_string(), at: word.at.0 };
            view.empty.extend(device.users().map(said));
        }
        match trouble(&statement, active, limits, now) {
            Some(trouble) => view.overdue.push(row(directory, device, trouble, &statement, state)),
            None => view.others += u32::from(active),
        }
    }
    view.overdue.sort_by(|a, b| (a.oldest.is_none(), a.oldest, &a.name).cmp(&(b.oldest.is_none(), b.oldest, &b.name)));
    view
}

/// What is known of a device in its own words.
enum Said {
    Nothing,
    /// Something is handed out in its name that it did not sign.
    Forged,
    /// What it said, and when that can be at the latest.
    Word(DeviceStatement, UnixTime),
}

fn said(state: &DeviceState, directory: &VerifiedDirectory) -> Said {
    let Some(signed) = &state.statement else { return Said::Nothing };
    match office::fleet::verify(signed, directory) {
        // The endpoint's time alone could make an old statement look fresh.
        Ok(word) if word.device == state.device => {
            let at = state.received_at.map_or(word.at, |received| received.min(word.at));
            Said::Word(word, at)
        }
        _ => Said::Forged,
    }
}

fn trouble(said: &Said, active: bool, limits: &Limits, now: UnixTime) -> Option<DeviceTrouble> {
    match said {
        Said::Forged => Some(DeviceTrouble::Unverifiable),
        // Whoever is gone and never said anything cannot be asked any more.
        Said::Nothing => active.then_some(DeviceTrouble::Never),
        Said::Word(word, at) if word.unsent > 0 && (!active || now.since(word.oldest.unwrap_or(*at)) > limits.unsent) => Some(DeviceTrouble::Unsent),
        Said::Word(_, at) if active && now.since(*at) > limits.silent => Some(DeviceTrouble::Silent),
        Said::Word(..) => None,
    }
}

fn row(directory: &VerifiedDirectory, device: &Device, trouble: DeviceTrouble, said: &Said, state: Option<&DeviceState>) -> FleetRow {
    let (unsent, oldest, last_stated) = match said {
        Said::Word(word, at) => (word.unsent, word.oldest, Some(at.0)),
        Said::Nothing | Said::Forged => (0, None, None),
    };
    FleetRow {
        device: device.device.to_string(),
        name: names(directory, device),
        revoked: device.standing == Standing::Revoked,
        trouble,
        unsent,
        oldest: oldest.map(|at| at.0),
        last_stated,
        sync_requested: state.and_then(|state| state.sync_requested).map(|at| at.0),
    }
}

/// Who works with a device; whoever left the office only if nobody else does.
fn names(directory: &VerifiedDirectory, device: &Device) -> String {
    let everybody: Vec<_> = device.users().filter_map(|user| directory.member(&user)).collect();
    let there: Vec<_> = everybody.iter().filter(|member| member.standing == Standing::Active).copied().collect();
    let shown = if there.is_empty() { everybody } else { there };
    shown.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
}
