"""
The offers of a bundle, played again. By rank alone an offer is the best free post, and passes nobody over who waits before.

Where posts are kept or a remedy puts somebody first, it is allocated anew before each wave who is due, and no offer may be another one.
Where a limit may be reached and posts are kept, it is deferred acceptance. Where open posts come before kept ones, only seats and limits
are counted, and that is said.
"""

from math import inf

from allocation import NotComputed, deferred_acceptance

LIVE = ('open', 'conditional', 'accepted')
STATUS = {'accepted-conditionally': 'conditional'}


class Wrong(Exception):
    """A step that cannot be, or must not be."""


class Seeker:
    def __init__(self, given):
        self.row, self.wishes = given['row'], list(given['wishes'])
        self.offers, self.left, self.stopped = [], False, 'from' in given

    def held(self):
        return [vacancy for vacancy, status in self.offers if status in LIVE]

    def accepted(self):
        return [vacancy for vacancy, status in self.offers if status in ('accepted', 'conditional')]

    def open_wishes(self):
        """What is wanted more than what is held, and was not asked about before."""
        if self.left or self.stopped or self.accepted():
            return []
        held, asked = self.held(), [vacancy for vacancy, _ in self.offers]
        best = next((place for place, wish in enumerate(self.wishes) if wish in held), len(self.wishes))
        return [wish for wish in self.wishes[:best] if wish not in asked]

    def end(self, spared=None):
        self.offers = [(v, 'closed' if s in LIVE and v != spared else s) for v, s in self.offers]


class Story:
    def __init__(self, offers):
        self.seekers = {one['row']: Seeker(one) for one in offers['seekers']}
        self.posts = [one['posts'] for one in offers['vacancies']]
        self.limits = [(one['posts'], set(one['vacancies'])) for one in offers['limits']]
        self.reserves = [(one['posts'], set(one['vacancies'])) for one in offers.get('reserves', [])]
        self.open_first, self.each_quota = offers.get('openFirst'), 'counting' in offers
        self.first, self.due, self.is_computed = [], None, True

    def taken(self):
        taken = [0] * len(self.posts)
        for seeker in self.seekers.values():
            for vacancy in seeker.held():
                taken[vacancy] += 1
        return taken

    def is_free(self, vacancy, taken):
        return taken[vacancy] < self.posts[vacancy] and all(
            vacancy not in inside or sum(taken[one] for one in inside) < most for most, inside in self.limits
        )

    def step(self, step):
        kind = step['type']
        if kind == 'offered':
            return self.offer(step)
        self.due = None
        if kind == 'capacity-changed':
            if self.taken()[step['vacancy']] > step['posts']:
                raise Wrong('fewer posts than are taken')
            self.posts[step['vacancy']] = step['posts']
        elif kind == 'reranked':
            on = {row: self.seekers[row] for row in step['order']}
            self.seekers = {**on, **self.seekers}
            for row, seeker in self.seekers.items():
                seeker.stopped = row not in on
        else:
            self.happens(kind, self.seekers[step['seeker']], step)

    def happens(self, kind, seeker, step):
        if kind == 'put-first':
            self.first.append((seeker.row, set(step['vacancies'])))
        elif kind == 'exchanged':
            chosen = step['wishes']
            seeker.wishes = [wish for wish in seeker.wishes if wish not in chosen] + chosen
            seeker.offers = [(v, s) for v, s in seeker.offers if s in LIVE or v not in chosen]
        elif kind in ('withdrawn', 'deferred'):
            seeker.end()
            seeker.left = True
        elif kind == 'returned' and seeker.left:
            seeker.left = False
            seeker.offers = [(v, s) for v, s in seeker.offers if v not in step['vacancies']]
        elif kind in ('accepted', 'accepted-conditionally', 'declined', 'lapsed'):
            self.answer(seeker, step['vacancy'], STATUS.get(kind, kind))
        else:
            raise Wrong('what somebody had was taken away, or who had not left came back')

    def answer(self, seeker, vacancy, status):
        if not any(v == vacancy and s in ('open', 'conditional') for v, s in seeker.offers):
            raise Wrong('nothing was there to be answered')
        if status in ('accepted', 'conditional'):
            seeker.end(spared=vacancy)
        seeker.offers = [(v, status if v == vacancy and s in LIVE else s) for v, s in seeker.offers]

    def offer(self, step):
        seeker, vacancy = self.seekers[step['seeker']], step['vacancy']
        if not self.is_free(vacancy, self.taken()) or vacancy not in seeker.open_wishes():
            raise Wrong('the post was not free, or not wanted')
        if not self.reserves and not self.first:
            self.has_turn(seeker, vacancy)
        elif self.due_to(seeker) != vacancy and self.is_computed:
            raise Wrong('another offer was due')
        seeker.offers.append((vacancy, 'open'))

    def has_turn(self, seeker, vacancy):
        """By rank alone: the best free post, while nobody before waits for it, or for one that a limit may no longer leave them."""
        taken, before = self.taken(), []
        for one in self.seekers.values():
            free = [wish for wish in one.open_wishes() if self.is_free(wish, taken)]
            if one is seeker:
                break
            before.append(set(free))
        if free[0] != vacancy:
            raise Wrong('a better post was free')
        around = [(most, inside) for most, inside in self.limits if vacancy in inside]
        for most, inside in [(taken[vacancy] + 1, {vacancy}), *around]:
            waiting = sum(1 for free in before if free & inside)
            if waiting and sum(taken[one] for one in inside) + 1 + waiting > most:
                raise Wrong('somebody before was passed over')

    def due_to(self, seeker):
        if self.due is None:
            try:
                self.due = self.wave()
            except NotComputed:
                self.is_computed, self.due = False, {}
        return self.due.pop(seeker.row, None)

    def wave(self):
        """Who is due what, by row; whoever a remedy put first is served before, where rank would not give as good a post."""
        wishes = {row: seeker.open_wishes() for row, seeker in self.seekers.items()}
        taken, served = self.taken(), {}
        while True:
            by_rank = self.by_rank(wishes, taken)
            for row, posts in self.first:
                best = [one for one in wishes[row] if one in posts and self.is_free(one, taken)][:1]
                if best and (row not in by_rank or wishes[row].index(best[0]) < wishes[row].index(by_rank[row])):
                    served[row], wishes[row] = best[0], []
                    taken[best[0]] += 1
                    break
            else:
                return {**served, **by_rank}

    def by_rank(self, wishes, taken):
        free = [max(0, posts - taken[vacancy]) for vacancy, posts in enumerate(self.posts)]
        wishes = {row: [one for one in some if free[one] > 0] for row, some in wishes.items()}
        wanted = {one for some in wishes.values() for one in some}

        def left_of(most, inside):
            group = sorted(inside & wanted)
            return group, sum(free[one] for one in group), max(0, most - sum(taken[one] for one in inside))

        limits = [left_of(*limit) for limit in self.limits]
        caps = [{'vacancies': group, 'max': left} for group, sum_of, left in limits if sum_of > left]
        if caps and self.reserves:
            if self.open_first is not None:
                raise NotComputed
            return self.deferred(wishes, free, wanted, caps + self.kept(left_of))
        matches, taken = {}, list(taken)
        for row, some in wishes.items():
            best = next((one for one in some if self.is_free(one, taken)), None)
            if best is not None:
                matches[row] = best
                taken[best] += 1
        return matches

    def kept(self, left_of):
        kept = []
        for precedence, (group, free, left) in enumerate((left_of(*one) for one in self.reserves), 1):
            same = next((one for one in kept if one['vacancies'] == group and not self.each_quota), None)
            if same and min(free, left) > 0:
                same['max'], same['reserve'] = max(same['max'], free), max(same['reserve'], min(free, left))
            elif min(free, left) > 0:
                cap = {'vacancies': group, 'max': free, 'reserve': min(free, left), 'precedence': precedence}
                kept.append(cap)
        return kept

    def deferred(self, wishes, free, wanted, caps):
        order = [row for row, some in wishes.items() if some]
        ranking = {one: [row for row in order if one in wishes[row]] for one in wanted}
        matches = deferred_acceptance({
            'applicants': [{'id': row, 'preferences': wishes[row]} for row in order],
            'vacancies': [{'id': one, 'capacity': free[one], 'ranking': ranking[one]} for one in wanted],
            'caps': caps,
            'order': order,
        })
        return {row: vacancy for row, vacancy in matches.items() if vacancy is not None}


def is_of_file(offers, posts):
    """Limits and kept posts are those of the round file."""
    quotas, allocation = posts['quotas'], posts.get('allocation', {})
    keeps = allocation.get('mechanism') == 'applicant-proposing-deferred-acceptance'
    kept = sorted((one for one in quotas if one['kind'] == 'at-least' and keeps), key=lambda one: one.get('precedence', 0))
    limits = [posts['total'], *(one['posts'] for one in quotas if one['kind'] == 'at-most')]
    return (
        [one['posts'] for one in offers['limits']] == limits
        and [one['posts'] for one in offers.get('reserves', [])] == [one['posts'] for one in kept]
        and offers.get('openFirst') == allocation.get('openFirst')
    )


def offer_findings(statement, rules):
    """What holds of the offers, and whether it was computed who was due."""
    offers, rows = statement['offers'], statement['rows']
    story, is_sound = Story(offers), is_of_file(offers, rules['posts'])
    order = [one['row'] for one in offers['seekers'] if 'from' not in one]
    moments = [step['at'] for step in offers['steps']]
    for step in offers['steps']:
        order = step.get('order', order)
        try:
            story.step(step)
        except (Wrong, KeyError, IndexError):
            is_sound = False
    going_on = [place for place, row in enumerate(rows) if row['outcome'] == 'goes-on']
    taken = story.taken()
    settled = all(
        not any(status == 'open' for _, status in one.offers)
        and not any(story.is_free(wish, taken) for wish in one.open_wishes())
        for one in story.seekers.values()
    )
    has = all(
        story.seekers[one['row']].accepted() == ([one['has']] if 'has' in one else []) for one in offers['seekers']
    )
    says = {
        'offers': is_sound and order == going_on and moments == sorted(moments),
        'settled': settled,
        'cutoffs': has and cutoffs_of(offers, rows) == [one.get('cutoff') for one in offers['vacancies']],
    }
    return says, story.is_computed


def cutoffs_of(offers, rows):
    """The last rank that has a post of each vacancy; not of who has it by a remedy."""
    remedied = {(s['seeker'], v) for s in offers['steps'] if s['type'] == 'put-first' for v in s['vacancies']}
    last = [None] * len(offers['vacancies'])
    for one in offers['seekers']:
        if 'has' in one and (one['row'], one['has']) not in remedied:
            # Who has no rank has no post either: no last rank can then be right.
            last[one['has']] = max(last[one['has']] or 0, rows[one['row']].get('rank', inf))
    return last
