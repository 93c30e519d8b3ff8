import * as z from 'zod';
import { json, type OperatorAnswer, problem } from '#infra/local/operator/requests.ts';
import type { OperatorSources } from '#infra/local/operator/sources.ts';

const Move = z.union([
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  z.strictObject({
    advance: z
      .number()
      .min(0)
      .max(20 * 365 * 86_400),
  }),
]);

export const clockView = ({ now, rehearsal }: OperatorSources): OperatorAnswer =>
  json(200, { now: new Date(now()).toISOString(), rehearsal });

/** `{"to": instant}` or `{"advance": seconds}`: answers when everything that became due has come to rest. */
export const moveClock = async (sources: OperatorSources, body: unknown): Promise<OperatorAnswer> => {
  const { moveClock: move, now } = sources;
  if (!move) return problem(409, 'This home is not a rehearsal: its time is real.');
  const parsed = Move.safeParse(body);
  if (!parsed.success) return problem(400, 'Send {"to": an instant} or {"advance": seconds}.');
  const instant = 'to' in parsed.data ? Date.parse(parsed.data.to) : now() + parsed.data.advance * 1000;
  if (instant < now()) {
    const reason = await sources.boundForward();
    if (reason !== undefined) return problem(409, reason);
  }
  await move(instant);
  return clockView(sources);
};
