//! A directory signed today must count in ten years.

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
