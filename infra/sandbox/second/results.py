"""Totals, ranks, ties and outcomes, found anew from scores and the round file."""

from fractions import Fraction
from hashlib import sha256 as sha256_of

from files import canonical, leaf_hash, root_by_way, sha256


def rounded(value):
    """Percent with four decimals, a half to the even neighbour, as Python rounds fractions."""
    return Fraction(round(Fraction(value) * 10_000), 10_000)


def mean(values):
    return sum(map(Fraction, values), Fraction(0)) / len(values)


def imported(criteria):
    return [one for one in criteria if one.get('markedBy') == 'import']


def rated(criteria):
    return [one for one in criteria if one.get('markedBy') != 'import']


def lift(criterion, points):
    """How far points lie up the scale of a criterion, from 0 to 1."""
    scale = [Fraction(step['points']) for step in criterion['scale']]
    least, most = min(scale), max(scale)
    return Fraction(0) if least == most else (Fraction(points) - least) / (most - least)


def weight_of(criteria):
    return sum((Fraction(one['weight']) for one in criteria), Fraction(0))


def total_of_points(criteria, points):
    """One rater's total: the criteria that the card judges, by their weights."""
    judged = [one for one in criteria if one['code'] in points]
    sum_of = sum((Fraction(one['weight']) * lift(one, points[one['code']]) for one in judged), Fraction(0))
    return rounded(100 * sum_of / weight_of(judged))


def value_of(part, ratings, rules, severities, marks):
    """A part of a result from its ratings and from marks of another organisation; None where something is missing."""
    criteria, stations = rules['criteria'], rules.get('stations')
    if stations is None:
        by_raters = rounded(mean([Fraction(one['total']) - severities.get(one['rater'], 0) for one in ratings]))
    else:
        means = []
        for station in stations:
            own = [one['total'] for one in ratings if one.get('station') == station['code']]
            if not own:
                return None
            means.append((weight_of([one for one in criteria if one['code'] in station['criteria']]), mean(own)))
        by_raters = rounded(sum(weight * value for weight, value in means) / sum(weight for weight, _ in means))
    outside = imported(criteria)
    if not outside:
        return by_raters
    if any(one['code'] not in marks for one in outside):
        return None
    sum_of = by_raters * weight_of(rated(criteria)) / 100
    sum_of += sum(Fraction(one['weight']) * lift(one, marks[one['code']]) for one in outside)
    return rounded(100 * sum_of / weight_of(criteria))


def severities_in(statement):
    adjustment = statement.get('adjustment')
    if not adjustment or adjustment['counts'] != 'adjusted':
        return {}
    return {one['rater']: Fraction(one['severity']) for one in adjustment['severities']}


def wrong_totals(statement, rules):
    """Numbers of rows whose parts or total do not follow. What a claim corrected, or only its owner sees, stands."""
    scoring = {'criteria': rules['rubric']['criteria']}
    weight = Fraction(rules['interviews']['weight'])
    wrong = [row['number'] for row in kept_back(statement, rules)]
    for row in statement['rows']:
        counted = [('scoring', scoring, severities_in(statement)), ('interview', rules['interviews'], {})]
        for name, counting, severities in counted:
            part = row.get(name)
            if part and 'ratings' in part and not part.get('corrected'):
                found = value_of(part, part['ratings'], counting, severities, part.get('marks', {}))
                if found != Fraction(part['value']):
                    wrong.append(row['number'])
        if 'scoring' in row and 'interview' in row:
            one, other = Fraction(row['scoring']['value']), Fraction(row['interview']['value'])
            if 'total' not in row or rounded((one * (100 - weight) + other * weight) / 100) != Fraction(row['total']):
                wrong.append(row['number'])
        elif 'total' in row:
            wrong.append(row['number'])
    return wrong


def kept_back(statement, rules):
    """Rows that keep back scores or marks that all others show; from five applications on, nobody may."""
    steps = statement.get('offers', {}).get('steps', [])
    left = {step['seeker'] for step in steps if step['type'] == 'withdrawn'}
    wrong, rows = [], statement['rows']

    def owing(name):
        own = [row for place, row in enumerate(rows) if name in row and place not in left]
        return [row for row in own if not row[name].get('corrected')]

    for name, criteria in (('scoring', rules['rubric']['criteria']), ('interview', rules['interviews']['criteria'])):
        is_shown = len(owing(name)) >= 5 or any('ratings' in row.get(name, {}) for row in rows)
        if rated(criteria) and is_shown:
            wrong += [row for row in owing(name) if 'ratings' not in row[name]]
    withheld = [row for row in rows if row.get('scoring', {}).get('marksWithheld')]
    if len(owing('scoring')) >= 5 or any('marks' in row.get('scoring', {}) for row in rows):
        return wrong + withheld
    return wrong + [row for row in withheld if 'ratings' in row['scoring']]


def wrong_ranks(statement, rules):
    """Sorts everybody anew: total, then the levels of the tie rule, then the lower lot."""
    rows = [row for row in statement['rows'] if 'total' in row]
    nothing = {'levels': [], 'lot': ''}

    def place(row):
        tie = row.get('tie', nothing)
        return -Fraction(row['total']), [-level for level in tie['levels']], tie['lot']

    ordered = sorted(rows, key=place)
    wrong = [row['number'] for rank, row in enumerate(ordered, 1) if row.get('rank') != rank]
    wrong += [row['number'] for row in statement['rows'] if 'total' not in row and 'rank' in row]
    for row in rows:
        others = [one for one in rows if one['total'] == row['total']]
        if (len(others) > 1) != ('tie' in row) or not levels_hold(row, others, rules):
            wrong.append(row['number'])
    # Rows stand in that order, those without a total behind the others.
    return wrong if ordered == statement['rows'][: len(rows)] else [statement['rows'][0]['number']]


def levels_hold(row, others, rules):
    """At the steps whose values are published, more is a higher level, and levels have no gaps."""
    if 'tie' not in row:
        return True
    order = rules['ties']['order']
    if any(len(one['tie']['levels']) != len(order) for one in others if 'tie' in one):
        return False
    marked = {one['code'] for one in imported(rules['rubric']['criteria'])}
    for step, name in enumerate(order):
        levels = sorted({one['tie']['levels'][step] for one in others if 'tie' in one})
        if levels != list(range(len(levels))):
            return False
        own = shown(row, name, marked)
        for other in others:
            theirs = shown(other, name, marked)
            if own is None or theirs is None or 'tie' not in other:
                continue
            one, two = row['tie']['levels'][step], other['tie']['levels'][step]
            if (own > theirs) != (one > two) or (own < theirs) != (one < two):
                return False
    return True


def shown(row, step, marked):
    """What anybody can read of what a step of the tie rule goes by; None where only the owner can."""
    if step == 'interview':
        return Fraction(row['interview']['value']) if 'interview' in row else None
    if step in ('essay', 'test'):
        mark = row.get('scoring', {}).get('marks', {}).get(step)
        return Fraction(0) if step not in marked else None if mark is None else Fraction(mark)
    return Fraction(0) if step == 'drawn-lot' else None


def missed_parts(row, rules, marks):
    """Codes of the parts whose minimum the row misses, with the marks that are known of it."""
    own = {code: Fraction(points) for code, points in marks.items()}
    if 'interview' in row:
        own['interview'] = Fraction(row['interview']['value'])
    else:
        own.pop('interview', None)
    return [one['code'] for one in rules.get('minimums', []) if one['code'] in own and own[one['code']] < Fraction(one['atLeast'])]


def is_unknown(row, rules):
    """Whether only the owner can tell the outcome: marks that have a minimum are withheld."""
    withheld = row.get('scoring', {}).get('marksWithheld', False)
    return withheld and any(one['code'] != 'interview' for one in rules.get('minimums', []))


def wrong_outcomes(statement, rules):
    least = Fraction(rules['results']['minimumPoints'])
    may_depart = rules['results'].get('departures') == 'with-reason'
    wrong = []
    for row in statement['rows']:
        marks = row.get('scoring', {}).get('marks', {})
        reaches = 'rank' in row and Fraction(row['total']) >= least and not missed_parts(row, rules, marks)
        if reaches and is_unknown(row, rules):
            continue
        departed = row.get('departed', False)
        if (row['outcome'] == 'goes-on') != (reaches != departed) or (departed and not may_depart):
            wrong.append(row['number'])
    return wrong


def is_draw_sound(statement):
    """The seed comes from the receipts, and from the value of a beacon where there was one (its signature is not checked here)."""
    draw = statement.get('draw')
    if not draw:
        return True
    beacon = draw.get('beacon')
    value = sha256_of(bytes.fromhex(beacon['signature'])).hexdigest() if beacon else ''
    return statement.get('drawSeed') == (sha256(draw['receipts'] + value) if beacon else draw['receipts'])


def receipt_findings(receipt, statement, rules, statement_hash):
    leaf = receipt['leaf']
    own = leaf_hash(leaf)
    row = next((one for one in statement['rows'] if one['number'] == leaf['row']['number']), None)
    says = {
        'receipt-statement': receipt['statement'] == statement_hash
        and all(receipt[name] == statement[name] for name in ('roundId', 'stage')),
        'receipt-proof': receipt['root'] == statement['root'] == root_by_way(own, receipt['proof']),
        'receipt-row': row is not None and canonical(row) == canonical({**leaf['row'], 'leaf': own}),
        'receipt-totals': follow_from_points(leaf, statement, rules),
        'receipt-draw': 'tie' not in leaf['row']
        or leaf['row']['tie']['lot'] == sha256(statement['drawSeed'] + statement['roundId'] + leaf['applicationId']),
    }
    if 'minimums' in rules:
        says['receipt-outcome'] = follows_from_parts(leaf, rules)
    if 'offers' in statement and row is not None:
        says['receipt-wishes'] = are_own_wishes(leaf, row, statement)
    return says


def follows_from_parts(leaf, rules):
    """The own outcome, with the marks that only the owner sees."""
    row = leaf['row']
    marks = {**row.get('scoring', {}).get('marks', {}), **leaf.get('marks', {})}
    reaches = 'rank' in row and Fraction(row['total']) >= Fraction(rules['results']['minimumPoints'])
    reaches = reaches and not missed_parts(row, rules, marks)
    return (row['outcome'] == 'goes-on') == (reaches != row.get('departed', False))


def follow_from_points(leaf, statement, rules):
    marks = {**leaf['row'].get('scoring', {}).get('marks', {}), **leaf.get('marks', {})}
    counted = [
        ('scoring', {'criteria': rules['rubric']['criteria']}, severities_in(statement), marks),
        ('interview', rules['interviews'], {}, {}),
    ]
    for name, counting, severities, own_marks in counted:
        part = leaf['row'].get(name)
        if part is None:
            continue
        given = leaf['ratings'][name]
        totals = [{**one, 'total': total_of_points(rated(counting['criteria']), one['points'])} for one in given]
        if 'ratings' in part and [Fraction(one['total']) for one in part['ratings']] != [one['total'] for one in totals]:
            return False
        if not part.get('corrected') and value_of(part, totals, counting, severities, own_marks) != Fraction(part['value']):
            return False
    return True


def are_own_wishes(leaf, row, statement):
    offers = statement['offers']
    place = statement['rows'].index(row)
    seeker = next((one for one in offers['seekers'] if one['row'] == place), None)
    if seeker is None:
        return row['outcome'] == 'stops'
    later = [step['wishes'] for step in offers['steps'] if step['type'] == 'exchanged' and step['seeker'] == place]
    sealed = [offers['vacancies'][one]['seal'] for one in sum(later, list(seeker['wishes']))]
    return sealed == [sha256(f"vacancy\n{one['salt']}\n{one['vacancy']}") for one in leaf['wishes']]
