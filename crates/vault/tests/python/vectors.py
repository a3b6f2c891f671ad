"""Makes the frozen vectors of docs/formats/vault.md with other implementations (OpenSSL through `cryptography`), so that they do not merely repeat the
Rust code. Run: python3 crates/vault/tests/python/vectors.py crates/vault/src/vectors. Running it again gives the same bytes."""

import hashlib
import pathlib
import struct
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def hkdf(ikm, label, context=b""):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label + b"\0" + context).derive(ikm)


def slot(kind, cost, passphrase):
    salt, owner = bytes([0x5A]) * 32, bytes([7]) * 16
    root, epoch_key, seed, number = bytes([0x0A]) * 32, bytes([0x0B]) * 32, bytes([0x0C]) * 32, 42
    head = b"BOGENKEY" + bytes([1, 1, kind, 0]) + struct.pack(">III", *cost) + salt + owner
    if kind == 1:
        memory, iterations, lanes = cost
        stretched = Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory).derive(passphrase)
    else:
        stretched = salt
    kek = hkdf(stretched, b"bogen vault kek v1", head)
    nonce = bytes([0x01]) * 12
    lock = head + nonce + AESGCM(kek).encrypt(nonce, root, head) + hkdf(stretched, b"bogen vault commitment v1", head)
    front = lock + struct.pack(">Q", number)
    plain = (epoch_key + seed).ljust(4096 - 32 - len(front) - 28, b"\0")
    nonce = bytes([0x02]) * 12
    body = front + nonce + AESGCM(hkdf(root, b"bogen vault slot payload v1")).encrypt(nonce, plain, front)
    whole = body + hashlib.sha256(body).digest()
    assert len(whole) == 4096
    return whole


def cell():
    aad = b"bogen vault cell v1\0"
    for part in [b"item", b"body", bytes([0x22]) * 16, bytes([0x33]) * 16]:
        aad += struct.pack(">H", len(part)) + part
    aad += struct.pack(">HQ", 1, 7)
    nonce = bytes([0x44]) * 12
    return bytes([1, 1]) + nonce + AESGCM(bytes([0x11]) * 32).encrypt(nonce, b"value", aad)


vectors = {
    "argon2id.hex": Argon2id(salt=b"saltsaltsaltsalt", length=32, iterations=3, lanes=4, memory_cost=64).derive(b"passphrase"),
    "slot.hex": slot(1, (65536, 1, 4), "Geheimwort für Vektoren".encode()),
    "device-slot.hex": slot(2, (0, 0, 0), b""),
    "cell.hex": cell(),
}
for name, content in vectors.items():
    pathlib.Path(sys.argv[1], name).write_text(content.hex() + "\n")
