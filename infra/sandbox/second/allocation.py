"""
Who gets which vacancy: deferred acceptance under nested caps with soft reserves, and merit order with choice.

Written from the definitions in shared/allocation/README.md. A cap that is exceeded gives seats back one by one, the last in the
published order; the smallest cap first. Open seats before reserved ones are not computed here.

    python3 allocation.py INSTANCE.json   prints {"matches": {...}}, of a list of instances a list of them
"""

import json
import sys
from math import inf


class NotComputed(Exception):
    """Something that this program does not know how to compute."""


def groups_of(instance):
    """Every set of vacancies that is limited, as (vacancies, most, {precedence: reserve}); each vacancy alone is one. The largest first."""
    groups = {}

    def limit(inside, most, reserve=0, precedence=inf):
        known, reserves = groups.get(inside, (inf, {}))
        reserves = {**reserves, precedence: max(reserve, reserves.get(precedence, 0))}
        groups[inside] = (min(most, known), reserves)

    for cap in instance.get('caps', []):
        if 'open' in cap:
            raise NotComputed('open seats before reserved ones')
        if 'vacancies' in cap:
            inside = frozenset(cap['vacancies'])
        else:
            of = 'region' if 'region' in cap else 'subject'
            inside = frozenset(one['id'] for one in instance['vacancies'] if one[of] == cap[of])
        limit(inside, cap['max'], cap.get('reserve', 0), cap.get('precedence', inf))
    for one in instance['vacancies']:
        limit(frozenset([one['id']]), one['capacity'])
    return sorted(((inside, *rest) for inside, rest in groups.items()), key=lambda group: -len(group[0]))


def let_go(groups, held, places):
    """Gives back what is too many, from the smallest group outwards. `held`: applicants by vacancy, best first."""

    def count(inside):
        return sum(len(held.get(vacancy, ())) for vacancy in inside)

    def place_of(vacancy):
        """When the last seat of a vacancy would be filled: within reserves first, then by the order or in turns."""
        within, own_reserve = [], 0
        for depth, (inside, _most, reserves) in enumerate(groups):
            if vacancy in inside:
                within += [(precedence, depth) for precedence, most in reserves.items() if count(inside) <= most]
                own_reserve = max(reserves.values())
        seat = len(held[vacancy]) - 1
        turn = places[held[vacancy][-1]] if places else seat if seat < own_reserve else seat - own_reserve
        return sorted(within) + [(inf, inf)], turn, vacancy

    for inside, most, _reserves in reversed(groups):
        for _ in range(count(inside) - most):
            held[max((vacancy for vacancy in inside if held.get(vacancy)), key=place_of)].pop()


def deferred_acceptance(instance):
    groups = groups_of(instance)
    places = {who: place for place, who in enumerate(instance.get('order', []))}
    rank = {one['id']: {who: place for place, who in enumerate(one['ranking'])} for one in instance['vacancies']}
    wishes = {
        one['id']: [wish for wish in one['preferences'] if one['id'] in rank.get(wish, {})]
        for one in instance['applicants']
    }
    held = {vacancy: [] for vacancy in rank}
    while True:
        placed = {who for some in held.values() for who in some}
        asking = [who for who, left in wishes.items() if left and who not in placed]
        if not asking:
            return {who: next((v for v, some in held.items() if who in some), None) for who in wishes}
        for who in asking:
            wish = wishes[who].pop(0)
            held[wish] = sorted([*held[wish], who], key=rank[wish].get)
        let_go(groups, held, places)


def merit_order(instance):
    """One after the other takes the best that still has a seat, in the vacancy and in every cap around it."""
    groups, matches = groups_of(instance), {}
    rank = {one['id']: one['ranking'] for one in instance['vacancies']}
    wishes = {one['id']: one['preferences'] for one in instance['applicants']}
    for who in whole_order(instance):
        def has_room(vacancy):
            around = [(inside, most) for inside, most, _ in groups if vacancy in inside]
            return who in rank[vacancy] and all(
                sum(held in inside for held in matches.values()) < most for inside, most in around
            )

        matches[who] = next(filter(has_room, wishes.get(who, [])), None)
    return {who: matches.get(who) for who in wishes}


def whole_order(instance):
    if 'order' in instance:
        return instance['order']
    waiting, order = [one['id'] for one in instance['applicants']], []
    while waiting:
        behind = {who for one in instance['vacancies'] for who in [w for w in one['ranking'] if w in waiting][1:]}
        order.append(next(who for who in waiting if who not in behind))
        waiting.remove(order[-1])
    return order


def allocate(instance):
    mechanism = instance['mechanism']
    return merit_order(instance) if mechanism == 'merit-order-with-choice' else deferred_acceptance(instance)


def main(paths):
    if len(paths) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        with open(paths[0], encoding='utf-8') as file:
            given = json.load(file)
        answers = [{'matches': allocate(one)} for one in (given if isinstance(given, list) else [given])]
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    except NotComputed as error:
        print(f'Not computed here: {error}', file=sys.stderr)
        return 2
    except (AttributeError, LookupError, StopIteration, TypeError, ValueError) as error:
        print(f'This is no instance: {error!r}', file=sys.stderr)
        return 2
    print(json.dumps(answers if isinstance(given, list) else answers[0]))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
