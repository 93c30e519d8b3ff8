"""
Checks a published bundle of results, and a receipt of it. Python 3 and nothing else.

    python3 verify.py BUNDLE.json [RECEIPT.json] [--json]

0: everything that is computed here holds; 1: something does not; 2: a file cannot be read.
"""

import json
import sys

from files import Unreadable, canonical, is_signed, merkle_root, read, sha256
from offers import offer_findings
from results import is_draw_sound, receipt_findings, wrong_outcomes, wrong_ranks, wrong_totals


def findings_of(bundle, receipt):
    """What holds and what does not, by the names that the first verifier uses; and what is not computed here."""
    statement = bundle['statement']
    statement_hash = sha256(canonical(statement))
    text = statement['roundFile']['text']
    rules = json.loads(text, parse_float=str)
    numbers = [row['number'] for row in statement['rows']]
    is_rooted = merkle_root([row['leaf'] for row in statement['rows']]) == statement['root']
    says = {
        'signature': is_signed(statement_hash, bundle['signature']),
        'round-file': sha256(text) == statement['roundFile']['sha256'],
        'root': is_rooted and len(set(numbers)) == len(numbers),
        'totals': not wrong_totals(statement, rules),
        'ranks': not wrong_ranks(statement, rules),
        'outcomes': not wrong_outcomes(statement, rules),
        'draw': is_draw_sound(statement),
    }
    unchecked = [name for name in ('edition', 'editions', 'adjustment') if name in statement]
    if statement.get('draw', {}).get('beacon'):
        unchecked.append('the signature of the beacon')
    if 'offers' in statement:
        offers, is_computed = offer_findings(statement, rules)
        says |= offers
        unchecked += [] if is_computed else ['whom kept posts were for']
    if receipt:
        says |= receipt_findings(receipt, statement, rules, statement_hash)
    return says, unchecked


def main(arguments):
    paths = [one for one in arguments if one != '--json']
    if not 1 <= len(paths) <= 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        bundle, receipt = read(paths[0]), read(paths[1]) if len(paths) == 2 else None
        says, unchecked = findings_of(bundle, receipt)
    except (OSError, Unreadable) as error:
        print(error, file=sys.stderr)
        return 2
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        print(f'This is no bundle, or no receipt: {error!r}', file=sys.stderr)
        return 2
    holds = all(says.values())
    if '--json' in arguments:
        print(json.dumps({'holds': holds, 'findings': says, 'unchecked': unchecked}))
        return 0 if holds else 1
    for name, one in says.items():
        print('holds ' if one else 'WRONG ', name)
    for name in unchecked:
        print('not computed here:', name)
    return 0 if holds else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
