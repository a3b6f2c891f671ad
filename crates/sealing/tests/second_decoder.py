"""A second decoder of envelope v1, written from docs/formats/envelope.md and sharing no code with the first.

    python second_decoder.py FILE.json

FILE holds lists `envelopes` and `rewrapped` (must open and say what is expected), `refused` (must not open), `shares` and `notes` (must open).
Prints `opened N of M`, `refused N of M`, `shares N of M`, `notes N of M`; exits with 0 only if all are complete and something was there to check.
"""

import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mlkem
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ENCAPSULATED, SEALED_KEY, PADDED, TAG = 1665, 48, 2048, 16
HEADER_FIELDS = (
    "version suite office team team_key_epoch record unit_members token_hash customer_tag unit_tag awaits_number supersedes follows"
).split()
BODY_FIELDS = "purpose form customer_number unit_number author made_at checkpoint reply_key".split()
NOTE_FIELDS = "version kind number corrected by at".split()
NONCE, NOTE = 12, 284
SUITE = hpke.Suite(hpke.KEM.MLKEM1024_P384, hpke.KDF.HKDF_SHA384, hpke.AEAD.AES_256_GCM)


class Refused(Exception):
    """Bytes that are not what the format says."""


def demand(condition, what):
    if not condition:
        raise Refused(what)


# --- Deterministic CBOR: unsigned integers, byte and text strings, definite arrays, booleans and null; shortest heads only.


def item(data, at, depth=0):
    demand(depth < 12 and at < len(data), "CBOR: too deep or too short")
    major, info = data[at] >> 5, data[at] & 31
    if major == 7:
        demand(info in (20, 21, 22), "CBOR: no such value")
        return {20: False, 21: True, 22: None}[info], at + 1
    number, at = head(data, at + 1, info)
    if major == 0:
        return number, at
    if major == 4:
        values = []
        for _ in range(number):
            value, at = item(data, at, depth + 1)
            values.append(value)
        return values, at
    demand(major in (2, 3) and at + number <= len(data), "CBOR: no such type or too short")
    chunk = data[at : at + number]
    return (chunk if major == 2 else chunk.decode("utf-8", "strict")), at + number


def head(data, at, info):
    if info < 24:
        return info, at
    demand(info <= 27, "CBOR: indefinite or reserved")
    width = 1 << (info - 24)
    demand(at + width <= len(data), "CBOR: too short")
    number = int.from_bytes(data[at : at + width], "big")
    least = 24 if width == 1 else 1 << (4 * width)
    demand(number >= least, "CBOR: not the shortest")
    return number, at + width


def cbor(data, names):
    """One array whose last fields may be missing: those are null, and a null at the end is never written."""
    values, end = item(data, 0)
    demand(end == len(data), "CBOR: something follows")
    return record(values, names)


def record(values, names):
    demand(isinstance(values, list) and 0 < len(values) <= len(names), "CBOR: wrong number of fields")
    demand(values[-1] is not None, "CBOR: null at the end")
    return dict(zip(names, values + [None] * (len(names) - len(values))))


def encode(value):
    """The deterministic encoding of what a share is bound to, and of a checkpoint inside a body."""
    if isinstance(value, int):
        return encode_head(0, value)
    if isinstance(value, bytes):
        return encode_head(2, len(value)) + value
    return encode_head(4, len(value)) + b"".join(encode(each) for each in value)


def encode_head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    width = next(width for width in (1, 2, 4, 8) if number < 1 << (8 * width))
    return bytes([major << 5 | 24 + width.bit_length() - 1]) + number.to_bytes(width, "big")


# --- Cryptography.


def sha256(data):
    return hashlib.sha256(data).digest()


def frame(label, message):
    return label.encode("ascii") + b"\0" + message


def private_key(seed):
    """The KEM's key expansion: SHAKE256(seed) gives the ML-KEM-1024 seed and the P-384 scalar."""
    expanded = hashlib.shake_256(seed).digest(64 + 48)
    scalar = int.from_bytes(expanded[64:], "big")
    return hpke.MLKEM1024P384PrivateKey(
        mlkem.MLKEM1024PrivateKey.from_seed_bytes(expanded[:64]), ec.derive_private_key(scalar, ec.SECP384R1())
    )


def public_key(seed):
    expanded = hashlib.shake_256(seed).digest(64 + 48)
    lattice = mlkem.MLKEM1024PrivateKey.from_seed_bytes(expanded[:64]).public_key().public_bytes_raw()
    point = ec.derive_private_key(int.from_bytes(expanded[64:], "big"), ec.SECP384R1()).public_key()
    return lattice + point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def hkdf(key, purpose):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=frame("bogen envelope v1", purpose)).derive(key)


# --- The envelope.


def open_envelope(data, team_seed, author_key, clerk_key=b""):
    envelope = cbor(data, ["header", "encapsulated", "sealed_key", "commitment", "body", "rewrap"])
    header = cbor(envelope["header"], HEADER_FIELDS)
    demand((header["version"], header["suite"]) == (1, 1), "unknown version or suite")
    lengths = [len(envelope[part]) for part in ("encapsulated", "sealed_key", "commitment", "body")]
    demand(lengths == [ENCAPSULATED, SEALED_KEY, 32, PADDED + TAG], "wrong lengths")

    info = frame("bogen envelope v1", envelope["header"])
    if envelope["rewrap"] is not None:
        info = frame("bogen rewrap v1", sha256(envelope["header"]) + rewrapped(envelope, clerk_key))
    content_key = SUITE.decrypt(envelope["encapsulated"] + envelope["sealed_key"], private_key(team_seed), info)
    demand(hkdf(content_key, b"commitment") == envelope["commitment"], "commitment to another key")
    aad = frame("bogen envelope v1", sha256(envelope["header"]))
    padded = AESGCM(hkdf(content_key, b"body key")).decrypt(bytes(12), envelope["body"], aad)

    length = int.from_bytes(padded[:2], "big")
    demand(len(padded) == PADDED and 2 + length <= PADDED and not any(padded[2 + length :]), "padding")
    signed = cbor(padded[2 : 2 + length], ["body", "signature"])
    message = sha256(envelope["header"]) + sha256(signed["body"])
    author = ed25519.Ed25519PublicKey.from_public_bytes(author_key)
    author.verify(signed["signature"], frame("bogen author v1", message))

    tokened = cbor(signed["body"], ["version", "token", "body"])
    demand(tokened["version"] == 1, "unknown body version")
    demand(sha256(frame("bogen token v1", tokened["token"])) == header["token_hash"], "token")
    return content(header, tokened["token"], record(tokened["body"], BODY_FIELDS), sha256(data))


def rewrapped(envelope, clerk_key):
    """The word of the clerk who sealed the content key anew, if that clerk signed it."""
    signed = record(envelope["rewrap"], ["body", "signature"])
    word = cbor(signed["body"], ["version", "team", "team_key_epoch", "by", "at"])
    demand(word["version"] == 1, "unknown version of a rewrap")
    lock = sha256(envelope["encapsulated"] + envelope["sealed_key"])
    message = frame("bogen rewrapped by v1", sha256(envelope["header"]) + lock + signed["body"])
    ed25519.Ed25519PublicKey.from_public_bytes(clerk_key).verify(signed["signature"], message)
    return signed["body"]


def content(header, token, body, digest):
    if body["checkpoint"] is not None:
        body["checkpoint"] = encode(body["checkpoint"])
    shown = {name: value for name, value in header.items() if name not in ("version", "suite", "token_hash")}
    shown |= body | {"token": token, "digest": digest}
    if shown["reply_key"] is None:
        del shown["reply_key"]
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in shown.items()}


def open_share(data, office, prekey_seed):
    share = cbor(data, ["team", "epoch", "to", "prekey", "encapsulated", "sealed"])
    address = encode([office, share["team"], share["epoch"], share["to"], share["prekey"]])
    return SUITE.decrypt(share["encapsulated"] + share["sealed"], private_key(prekey_seed), frame("bogen team key share v1", address))


def open_note(secret, record_id, sealed):
    demand(len(sealed) == NOTE, "note: wrong length")
    derive = lambda key, info: HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=frame("bogen note v1", info)).derive(key)
    note_key = derive(derive(secret, b"reply key" + record_id), b"note key")
    padded = AESGCM(note_key).decrypt(sealed[:NONCE], sealed[NONCE:], frame("bogen note v1", record_id))
    length = int.from_bytes(padded[:2], "big")
    demand(2 + length <= len(padded) and not any(padded[2 + length :]), "note: padding")
    note = cbor(padded[2 : 2 + length], NOTE_FIELDS)
    demand(note["version"] == 1, "note: unknown version")
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in note.items()}


# --- The check.


def arguments_of(vector):
    return [bytes.fromhex(vector.get(name, "")) for name in ("envelope", "team_seed", "author_key", "clerk_key")]


def says_what_is_expected(vector):
    arguments = arguments_of(vector)
    try:
        return open_envelope(*arguments) == vector.get("expect")
    except (Refused, InvalidTag, InvalidSignature, ValueError):
        return False


def is_refused(vector):
    arguments = arguments_of(vector)
    try:
        open_envelope(*arguments)
    except (Refused, InvalidTag, InvalidSignature, ValueError):
        return True
    return False


def gives_the_team_key(vector):
    share, office, prekey, seed, public = (
        bytes.fromhex(vector[name]) for name in ("share", "office", "prekey_seed", "team_seed", "team_public")
    )
    try:
        return open_share(share, office, prekey) == seed and public_key(seed) == public
    except (Refused, InvalidTag, ValueError):
        return False


def says_the_note(vector):
    try:
        return open_note(*(bytes.fromhex(vector[name]) for name in ("secret", "record", "sealed"))) == vector["expect"]
    except (Refused, InvalidTag, ValueError):
        return False


def main(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    checks = [("opened", "envelopes", says_what_is_expected), ("opened", "rewrapped", says_what_is_expected), ("refused", "refused", is_refused), ("shares", "shares", gives_the_team_key), ("notes", "notes", says_the_note)]
    good = bool(vectors)
    for verb, kind, check in checks:
        if kind not in vectors:
            continue
        passed = sum(check(vector) for vector in vectors[kind])
        print(f"{verb} {passed} of {len(vectors[kind])}")
        good = good and passed == len(vectors[kind]) > 0
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
