//! A directory signed today must count in ten years.

use protocol::directory::{EntryMask, MaskField, MaskSource};
use protocol::{PublicKey, from_cbor, to_cbor};

use crate::directory::{Previous, verify};
use crate::example::Office;
use crate::root::OfficeRoot;

#[test]
fn the_bytes_of_a_signed_directory_are_frozen() {
    let office = Office::with_root(OfficeRoot::from_seed([0x2a; 32]));
    let bytes = to_cbor(office.first().signed());
    assert_eq!(hex::encode(&bytes), include_str!("directory-v1.hex").replace('\n', ""));
    let verified = verify(&from_cbor(&bytes, 4096).unwrap(), &office.pin, Previous::Nothing).unwrap();
    assert_eq!(verified.digest().to_string(), "6035f1cfbe143425b5a38ef2088521b20ef6fc79af87362a6eb2b4faf665ac1c");
    let root_key: [u8; 32] = hex::decode("197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61").unwrap().try_into().unwrap();
    assert_eq!(office.pin.root_key, PublicKey(root_key));
}

#[test]
fn the_bytes_of_an_entry_mask_are_frozen() {
    let field = |source, does_not_apply: Option<&str>| MaskField {
        source,
        label: "Feld".to_owned(),
        yes: "J".to_owned(),
        no: "N".to_owned(),
        declined: "X".to_owned(),
        does_not_apply: does_not_apply.map(str::to_owned),
    };
    let fields = vec![field(MaskSource::Characteristic1, None), field(MaskSource::FatherImmigratedAfter1949, Some("-"))];
    let mask = EntryMask { version: 1, name: "F".to_owned(), fields, asks_mig: true };
    assert_eq!(hex::encode(to_cbor(&mask)), "840161468285016446656c64614a614e615886126446656c64614a614e6158612df5");
    assert_eq!(from_cbor::<EntryMask>(&to_cbor(&mask), 4096).unwrap(), mask);
}
