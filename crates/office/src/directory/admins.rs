//! Which administrators the root certified, and whom it revoked.

use protocol::directory::{AdminCertificate, AdminRevocation, Directory, Signed};
use protocol::{Context, OfficeId, from_cbor};

use super::{DirectoryError, RootPin};
use crate::keys;

/// Bytes of a certificate or revocation, at most.
const MAX_STATEMENT: usize = 256;

/// The root's certificates and revocations in one directory, verified.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Admins {
    /// Ascending by serial.
    certificates: Vec<AdminCertificate>,
    /// Ascending.
    revoked: Vec<u32>,
}

impl Admins {
    /// Every certificate and revocation must be the root's for this office; both lists ascend by serial, so none is there twice.
    pub fn verify(directory: &Directory, pin: &RootPin) -> Result<Self, DirectoryError> {
        let certificates: Option<Vec<_>> = directory.admins.iter().map(|signed| certificate(signed, pin)).collect();
        let certificates = certificates.filter(|list| list.is_sorted_by(|a, b| a.serial < b.serial)).ok_or(DirectoryError::Certificate)?;
        let revoked: Option<Vec<_>> = directory.revocations.iter().map(|signed| revocation(signed, pin)).collect();
        let revoked = revoked.filter(|list| list.is_sorted_by(|a, b| a < b)).ok_or(DirectoryError::Revocation)?;
        Ok(Self { certificates, revoked })
    }

    pub fn certificate(&self, serial: u32) -> Option<&AdminCertificate> {
        self.certificates.iter().find(|certificate| certificate.serial == serial)
    }

    pub fn is_revoked(&self, serial: u32) -> bool {
        self.revoked.binary_search(&serial).is_ok()
    }

    pub fn revoked(&self) -> &[u32] {
        &self.revoked
    }

    /// 0 if there is none.
    pub fn highest_serial(&self) -> u32 {
        let certified = self.certificates.last().map_or(0, |certificate| certificate.serial);
        certified.max(self.revoked.last().copied().unwrap_or(0))
    }

    /// Certificates that count.
    pub fn valid(&self) -> impl Iterator<Item = &AdminCertificate> {
        self.certificates.iter().filter(|certificate| !self.is_revoked(certificate.serial))
    }
}

fn certificate(signed: &Signed, pin: &RootPin) -> Option<AdminCertificate> {
    keys::verify(&pin.root_key, Context::AdminCertificateV1, &signed.body, &signed.signature).ok()?;
    let certificate: AdminCertificate = from_cbor(&signed.body, MAX_STATEMENT).ok()?;
    let counts = is_ours(certificate.version, certificate.office, pin) && keys::check_public_key(&certificate.key).is_ok();
    counts.then_some(certificate)
}

fn revocation(signed: &Signed, pin: &RootPin) -> Option<u32> {
    keys::verify(&pin.root_key, Context::AdminRevocationV1, &signed.body, &signed.signature).ok()?;
    let revocation: AdminRevocation = from_cbor(&signed.body, MAX_STATEMENT).ok()?;
    is_ours(revocation.version, revocation.office, pin).then_some(revocation.serial)
}

fn is_ours(version: u8, office: OfficeId, pin: &RootPin) -> bool {
    version == 1 && office == pin.office
}

/// A certificate as it claims to be.
pub(super) fn claimed_certificate(signed: &Signed) -> Option<AdminCertificate> {
    from_cbor(&signed.body, MAX_STATEMENT).ok()
}

/// The serial that a certificate or revocation claims, to put it in its place; [`Admins::verify`] decides whether it counts.
pub(super) fn claimed_certificate_serial(signed: &Signed) -> Option<u32> {
    claimed_certificate(signed).map(|certificate| certificate.serial)
}

/// Likewise for a revocation.
pub(super) fn claimed_revocation_serial(signed: &Signed) -> Option<u32> {
    from_cbor::<AdminRevocation>(&signed.body, MAX_STATEMENT).ok().map(|revocation| revocation.serial)
}
