//! Founding an office: the code that the endpoint printed authenticates both sides; the root key goes to paper and nowhere else.

use std::sync::{Arc, Mutex};

use office::directory::{DirectoryEdit, Previous, RootPin};
use office::founding::FoundingCode;
use office::keys::SigningSecret;
use office::root::{OfficeRoot, office_fingerprint};
use office::tags::TagKey;
use protocol::api::{DirectoryReply, Done};
use protocol::directory::{Device, EndpointKeys, Member, Role, SignedDirectory, Standing};
use protocol::enrolment::{EndpointIdentity, FoundRequest, IdentityReply};
use protocol::{Digest, MemberId, OfficeId, UnixTime, to_cbor};
use reqwest::Method;
use sync::{CallError, ClientOptions, EndpointClient, TlsTrust};
use vault::Session;

use super::begun;
use crate::App;
use crate::api::{CommandError, ErrorCode, FoundOffice, Founded, Passphrase};
use crate::app::off_the_desk;
use crate::desk::NewMember;
use crate::ids::new_id;
use crate::settings;
use crate::stored::{OfficeState, UserState};

/// How often the founding is asked for when replies are lost.
const FOUNDING_TRIES: u32 = 4;

/// What is decided before the endpoint is asked.
struct Draft {
    root: OfficeRoot,
    pin: RootPin,
    member: MemberId,
    secret: SigningSecret,
    device: protocol::DeviceId,
    device_key: protocol::PublicKey,
}

impl App {
    /// Founds an office; the caller becomes its first administrator.
    pub(crate) async fn found_office(&self, args: FoundOffice) -> Result<Founded, CommandError> {
        self.checked_new_user(&args.admin_name, &args.passphrase)?;
        if self.desk().has_office() {
            return Err(CommandError::new(ErrorCode::AlreadyEnrolled));
        }
        let code = FoundingCode::parse(&args.code).map_err(|_| CommandError::new(ErrorCode::FoundingCodeWrong))?;
        let (client, identity) = meet_endpoint(&args.url, &code).await?;
        let draft = self.draft_office();
        let signed = draft.directory(&args, &identity, self.now())?;
        let request = FoundRequest { root_key: draft.pin.root_key, mac: code.mac_founding(&draft.pin.root_key, &signed), directory: signed.clone() };
        let user = UserState {
            version: 1,
            member: draft.member,
            seed: *draft.secret.expose_seed(),
            tag_key: *TagKey::make().expose_bytes(),
            admin_serial: Some(1),
        };
        let office =
            OfficeState { directory: Some(to_cbor(&signed).into()), ..OfficeState::new(&draft.pin, args.url.clone(), identity.tls_pin, self.now()) };
        // Durable here before it is true there: a cut in between leaves an app that knows its office, not an office that nobody can enter.
        let name = args.admin_name.trim().to_owned();
        let session = self.make_founder(name.clone(), args.passphrase).await?;
        let created = self.desk().add_member(NewMember { session, name: &name, office, user })?;
        if let Err(error) = ask_to_found(&client, &request).await {
            self.desk().remove_member(created)?;
            return Err(error.into());
        }
        self.changed();
        let shares = draft.root.split().iter().map(|share| share.to_string()).collect();
        Ok(Founded { root_shares: shares, fingerprint: office_fingerprint(&draft.pin.root_key) })
    }

    /// Whoever founds an office has given up the ticket to another.
    async fn make_founder(&self, name: String, passphrase: Passphrase) -> Result<Session, CommandError> {
        let vault = Arc::clone(&self.desk().vault);
        let made = off_the_desk(move || {
            begun::give_up(&vault)?;
            Ok(vault.create_user(&name, passphrase.expose())?)
        });
        made.await?
    }

    fn draft_office(&self) -> Draft {
        let root = OfficeRoot::make();
        let pin = RootPin { office: OfficeId::from_random(new_id()), root_key: root.public_key() };
        let desk = self.desk();
        let (device, device_key) = desk.device();
        Draft { root, pin, member: MemberId::from_random(new_id()), secret: SigningSecret::make(), device, device_key }
    }
}

impl Draft {
    fn directory(&self, args: &FoundOffice, identity: &EndpointIdentity, now: UnixTime) -> Result<SignedDirectory, CommandError> {
        let endpoint = EndpointKeys {
            generation: identity.generation,
            receipt_key: identity.receipt_key,
            next_receipt_key: None,
            tls_pins: identity.tls_pin.into_iter().collect(),
        };
        let admin = Member {
            member: self.member,
            name: args.admin_name.trim().to_owned(),
            roles: vec![Role::Admin],
            teams: Vec::new(),
            key: self.secret.public_key(),
            standing: Standing::Active,
        };
        let device = Device { device: self.device, key: self.device_key, enrolled_by: self.member, standing: Standing::Active };
        let certificate = self.root.certify(self.pin.office, self.member, self.secret.public_key(), 1, now);
        let invalid = |_| CommandError::new(ErrorCode::DirectoryInvalid);
        let (signed, _) = DirectoryEdit::founding(self.pin.office, args.office_name.trim(), endpoint, settings::assumed(args.demo), now)
            .with_member(admin)
            .with_device(device)
            .with_certificate(certificate)
            .map_err(|_| CommandError::new(ErrorCode::DirectoryInvalid))?
            .sign(1, &self.secret, &self.pin, Previous::Nothing)
            .map_err(invalid)?;
        Ok(signed)
    }
}

/// A lost reply says nothing about whether the office is founded; the very same request gets the very same answer. Only after several lost ones in a row does
/// it count as failed: should the endpoint be founded all the same, nothing is in it yet, and it can be made anew.
async fn ask_to_found(client: &EndpointClient, request: &FoundRequest) -> Result<(), CallError> {
    for _ in 1..FOUNDING_TRIES {
        match client.call_unsigned::<_, DirectoryReply>(Method::POST, "/v1/office", Some(request)).await {
            Ok(_) => return Ok(()),
            Err(error) if error.is_permanent() => return Err(error),
            Err(_) => tokio::time::sleep(std::time::Duration::from_secs(1)).await,
        }
    }
    client.call_unsigned::<_, DirectoryReply>(Method::POST, "/v1/office", Some(request)).await.map(|_| ())
}

/// Asks the endpoint who it is. The founding code's MAC covers its log key and TLS key; the TLS key must be the one that was shown in the handshake.
async fn meet_endpoint(url: &str, code: &FoundingCode) -> Result<(EndpointClient, EndpointIdentity), CommandError> {
    let shown: Arc<Mutex<Option<Digest>>> = Arc::default();
    let options = ClientOptions { url: url.to_owned(), trust: TlsTrust::Noted(Arc::clone(&shown)), version: crate::VERSION };
    let client = EndpointClient::new(&options)?;
    let challenge = new_id();
    let path = format!("/v1/identity?challenge={}", hex::encode(challenge));
    let reply: IdentityReply = client.call_unsigned::<Done, _>(Method::GET, &path, None).await?;
    // Unverified, and only for a better sentence: a founded endpoint gives no MAC at all.
    if reply.founding_mac.is_none() {
        return Err(CommandError::new(ErrorCode::AlreadyFounded));
    }
    let identity = code.verify_identity(&challenge, &reply).map_err(|_| CommandError::new(ErrorCode::FoundingCodeWrong))?;
    let shown = *shown.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if shown != identity.tls_pin {
        return Err(CommandError::new(ErrorCode::NotOurEndpoint));
    }
    Ok((client, identity))
}
