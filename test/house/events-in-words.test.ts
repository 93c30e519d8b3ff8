import { expect, it } from 'vitest';
import { CommitteeEvent } from '#shared/domain/committee.ts';
import { GateEvent } from '#shared/domain/gate.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { isMessageKey } from '#shared/i18n/index.ts';

/** Everything that the timeline of a round can hold. */
const types = [...RoundEvent.options, ...GateEvent.options, ...CommitteeEvent.options].map(
  ({ shape }) => shape.type.value,
);

it.for(types)('the timeline of a round says %s in words', (type) => {
  expect(isMessageKey(`watch.event.${type}`)).toBe(true);
});
