"""Bundles and receipts as files: their one spelling, hashes, the Merkle tree and the signature."""

import hashlib
import json
from decimal import Decimal


class Unreadable(Exception):
    """No file of the kind that was asked for, or one that is spelled otherwise than it may be."""


def sha256(text):
    return hashlib.sha256(text.encode('utf-8')).hexdigest()


def canonical(value):
    """Sorted keys, no spaces; numbers as they stood, since they were read as decimals."""
    if isinstance(value, dict):
        return '{' + ','.join(f'{canonical(key)}:{canonical(value[key])}' for key in sorted(value)) + '}'
    if isinstance(value, list):
        return '[' + ','.join(canonical(one) for one in value) + ']'
    if isinstance(value, Decimal):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def read(path):
    with open(path, 'rb') as file:
        data = file.read()
    try:
        text = data.decode('utf-8')
        value = json.loads(text, parse_float=Decimal)
        if isinstance(value, dict) and canonical(value) == text:
            return value
    except (ValueError, RecursionError):
        pass
    raise Unreadable(f'{path}: this is no canonical JSON object')


def leaf_hash(leaf):
    return sha256('leaf\n' + canonical(leaf))


def node_hash(left, right):
    return sha256(f'node\n{left}\n{right}')


def merkle_root(leaves):
    """Two become one, level by level; the last of an odd number moves up as it is."""
    level = list(leaves)
    while len(level) > 1:
        pairs = zip(level[0::2], level[1::2])
        level = [node_hash(left, right) for left, right in pairs] + (level[-1:] if len(level) % 2 else [])
    return level[0]


def root_by_way(leaf, way):
    here = leaf
    for step in way:
        here = node_hash(step['hash'], here) if step['side'] == 'left' else node_hash(here, step['hash'])
    return here


# NIST P-256 (FIPS 186-4, D.1.2.3): y^2 = x^3 - 3x + B over the prime P, with the base point G of order N.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
# What stands before the two coordinates in a SubjectPublicKeyInfo of this curve.
KEY_PREFIX = '3059301306072a8648ce3d020106082a8648ce3d03010703420004'


def added(one, other):
    """The sum of two points of the curve; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(number, point):
    total = None
    while number:
        if number & 1:
            total = added(total, point)
        point, number = added(point, point), number >> 1
    return total


def is_signed(statement_hash, signature):
    """ECDSA with SHA-256 over `irikteu results 1`, a line feed and the hash of the statement."""
    key, value = signature['publicKey'], signature['value']
    if not key.startswith(KEY_PREFIX) or len(key) != len(KEY_PREFIX) + 128 or len(value) != 128:
        return False
    x, y = int(key[-128:-64], 16), int(key[-64:], 16)
    r, s = int(value[:64], 16), int(value[64:], 16)
    if not (0 < r < N and 0 < s < N and x < P and y < P) or (y * y - x**3 + 3 * x - B) % P != 0:
        return False
    message = int(sha256(f'irikteu results 1\n{statement_hash}'), 16)
    inverse = pow(s, -1, N)
    point = added(times(message * inverse % N, G), times(r * inverse % N, (x, y)))
    return point is not None and point[0] % N == r
