import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { type BeaconView, beaconView, bringBeacon, waiveRoundBeacon } from '#functions/commands/beacon.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import {
  addressesOf,
  BeaconValue,
  ChainName,
  chains,
  randomnessOf,
  waivableAt,
} from '#shared/domain/beacon.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const Value = BeaconValue.extend({ randomness: Sha256 });

const Answer = z.object({
  chain: ChainName,
  /** As drand names the chain. */
  chainHash: z.string(),
  publicKey: z.string(),
  /** The value that counts, when it comes out and where. */
  round: z.int(),
  dueAt: Instant,
  addresses: z.array(z.string()),
  value: Value.optional(),
  waivableAt: Instant.optional(),
  waived: z.object({ at: Instant, because: z.string().optional() }).optional(),
});

/** As the beacon publishes it; whatever else it publishes is left out. */
const Published = z.object({
  round: z.union([z.int(), z.string().max(20)]),
  signature: z.string().max(200),
  randomness: z.string().max(100).optional(),
});

const path = '/api/rounds/:round/beacon';
const working = ['not-found', 'wrong-stage', 'too-early', 'changed-meanwhile'] as const;

/** The public value that the draws of a round wait for. */
export const beaconOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('readBeacon', 'gate.read'),
      method: 'GET',
      path,
      summary: 'Which value of the public beacon the draws of the round wait for, and whether it is there.',
      answer: { status: 200, schema: Answer },
      refusals: ['not-found'],
    },
    (c) =>
      onRound(c, 'gate.read', async (command) => {
        const found = await beaconView(deps, command);
        return found.ok ? ok(answerOf(found.value)) : found;
      }),
  ),
  send(
    {
      ...described('bringBeacon', 'beacon.record', 'beacon-recorded'),
      method: 'POST',
      path,
      summary:
        'Brings the value, in the very form in which the beacon publishes it. Its signature is checked here; the right one again changes nothing.',
      body: Published,
      answer: { status: 200, schema: Value },
      refusals: [...working, 'proposal-on-table'],
    },
    (c, published) =>
      onRound(c, 'beacon.record', async (command) => {
        const brought = await bringBeacon(deps, { ...command, text: JSON.stringify(published) });
        return brought.ok ? ok({ ...brought.value, randomness: randomnessOf(brought.value) }) : brought;
      }),
  ),
  send(
    {
      ...described('waiveBeacon', 'beacon.waive', 'beacon-waived'),
      method: 'POST',
      path: `${path}/waiver`,
      summary:
        'Lets the draws do without a value that never came, with a reason, where the round file allows it. The committee votes on the proposal that is drawn up then.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...working, 'not-allowed', 'beacon-known'],
    },
    (c, { reason }) =>
      onRound(c, 'beacon.waive', (command) => waiveRoundBeacon(deps, { ...command, reason })),
  ),
];

const answerOf = ({ rule, due, value, waived }: BeaconView): z.input<typeof Answer> => ({
  chain: due.chain,
  chainHash: chains[due.chain].hash,
  publicKey: chains[due.chain].publicKey,
  round: due.round,
  dueAt: due.at,
  addresses: addressesOf(due),
  value: value && { ...value, randomness: randomnessOf(value) },
  waivableAt: waivableAt(rule, due),
  waived,
});
