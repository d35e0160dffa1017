#!/usr/bin/env python3
"""Known answers for object_test.c, made without the program's code: object_known.py > object_known.h

Headers and bodies are JSON as Python's own library writes it, compact and sorted; hashes are those of
hashlib. Ids are written in Crockford's base 32 from the 128-bit number.
"""
import hashlib
import json


def text(tree):
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def base32(data):
    digits, n, out = "0123456789abcdefghjkmnpqrstvwxyz", int.from_bytes(data, "big"), ""
    for i in range(26):
        out = digits[n >> 5 * i & 31] + out
    return out


def ident(byte, version=None, ms=0):
    b = bytearray([byte] * 16)
    if version == 7:
        b[0:6] = ms.to_bytes(6, "big")
        b[6] = 0x70 | b[6] & 0x0F
        b[8] = 0x80 | b[8] & 0x3F
    return bytes(b)


def blake(data, key=b""):
    return hashlib.blake2b(data, digest_size=32, key=key).digest()


def quote(s):
    out = ""
    for b in s.encode():
        c = chr(b)
        out += "\\" + c if c in '"\\' else c if 32 <= b < 127 else "\\%03o" % b
    return '"' + out + '"'


def case(values, note, parents, depth, hlc, flags, actor, save, kind):
    body = {"set": values}
    if note is not None:
        body["note"] = note
    body = text(body)
    salt = hashlib.sha256(body.encode()).digest()
    commitment = blake(b"bod1" + body.encode(), salt)
    header = text({
        "version": 1, "kind": 1, "space": base32(ident(0x11)), "record": base32(ident(0x22)),
        "type": kind, "parents": sorted(p.hex() for p in parents), "depth": depth,
        "touched": sorted(values), "flags": flags, "actor": base32(actor) if actor else None,
        "save": base32(save), "hlc": "%016x" % hlc, "commitment": commitment.hex(),
        "size": (len(body.encode()) + 255) // 256 * 256,
    })
    name = blake(b"obj1" + header.encode())
    print("\t{ %s,\n\t  %s,\n\t  %s,\n\t  %s,\n\t  %s },"
          % tuple(quote(s) for s in (salt.hex(), body, commitment.hex(), header, name.hex())))
    return name


print("/* Printed by object_known.py: salt, body, commitment, header, id. */")
MS = 1384945200123  # 20 November 2013, 11:00:00.123 UTC
root = case({"nom": "Médiathèque de la Rabière"}, None, [], 1, MS << 16, 0, None, ident(0x44, 7, MS), "structure")
left = case({"nom": "Médiathèque", "phone": None, "tags": ["prêt", "lecture"]}, "Corrigé « à la main »", [root],
            2, (MS + 1) << 16 | 0xFFFF, 4, ident(0x55), ident(0x45, 7, MS + 1), "structure")
right = case({"adresse": "3 \"rue\" \\ l'été\n🦆 2e étage/fond\tcour", "lieu": {"lon": 6889500, "lat": 473900123}}, "",
             [root], 2, 1, 0, ident(0x56), ident(0x46), "structure")
case({}, None, [left, right], 3, 0x7FFFFFFFFFFFFFFF, 7, ident(0x57), ident(0x47), "a" * 32)
case({"n": -9223372036854775808, "oui": True, "texte": "x" * 245}, None, [], 1, 0, 1, None, ident(0x48), "b")
case({"n": 9223372036854775807, "oui": False, "texte": "x" * 700}, None, [], 1, 0, 2, None, ident(0x49), "b")
