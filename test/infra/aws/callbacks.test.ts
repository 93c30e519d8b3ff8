import { describe, expect, it } from 'vitest';
import { asText, at, resourcesOf, templatesOf } from '#test/infra/aws/stacks.ts';
import { waitsIn } from './waiting-states.ts';

/*
 * A machine that waits for a token waits for ever where nothing ends the wait and nobody hears of it (ANCHORS F23). What is deployed is asked, not
 * what was written.
 */

const { round } = templatesOf('KZ-19');
const machines = resourcesOf(round, 'AWS::StepFunctions::StateMachine');
const waits = machines.flatMap(([id, { Properties }]) => waitsIn(id, Properties));

describe('a deployed state that waits for its token', () => {
  it('is there for each gate and for the answer to an offer, and nowhere else', () => {
    expect(waits.map(({ name }) => name).toSorted()).toEqual([
      'AwaitAnswer',
      'ClaimsGate',
      'InterviewsGate',
      'OffersGate',
      'OnboardingGate',
      'PreliminaryGate',
      'ScoringGate',
      'ScreeningGate',
    ]);
  });

  it.for(waits)('$name ends its wait by itself, and reads the record again then', ({ state, start }) => {
    const limit = at(state, 'TimeoutSeconds');
    const handlers = at(state, 'Catch');

    if (typeof limit === 'number') expect(limit).toBeGreaterThan(0);
    else expect(limit).toBe('{% $states.input.seconds %}');
    expect(handlers).toEqual([
      expect.objectContaining({ ErrorEquals: expect.arrayContaining(['States.Timeout']), Next: start }),
    ]);
  });

  // A person who thinks sends no heartbeat: of such a wait its age is what tells that something is wrong (DECISIONS.md).
  it.for(waits)('$name asks for no heartbeat', ({ state }) => {
    expect(at(state, 'HeartbeatSeconds')).toBeUndefined();
    expect(at(state, 'HeartbeatSecondsPath')).toBeUndefined();
  });

  it.for(['GateWaiting', 'StateImpossible'])('has an alarm on how old it is: %s', (id) => {
    const filters = resourcesOf(round, 'AWS::Logs::MetricFilter');
    const [, alarm] =
      resourcesOf(round, 'AWS::CloudWatch::Alarm').find(([name]) => name === `${id}Alarm`) ?? [];
    const metric = asText(alarm?.Properties['MetricName']);

    expect(metric).toBe({ GateWaiting: 'GATE_WAITING_LONG', StateImpossible: 'STATE_IMPOSSIBLE' }[id]);
    expect(filters.some(([, { Properties }]) => asText(Properties['FilterPattern']).includes(metric))).toBe(
      true,
    );
    expect(alarm?.Properties['AlarmActions']).toHaveLength(1);
  });
});
