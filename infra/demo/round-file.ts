import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';
import { instantOf } from '#shared/domain/time.ts';
import { offsetAt } from '#shared/domain/zone.ts';

const day = 86_400_000;
/** Long enough for every minimum that a round file may ask for here. */
const daysOpen = 20;

const RoundFileDates = z.looseObject({
  intake: z.string(),
  timeZone: z.string(),
  call: z.looseObject({ opensAt: z.string().optional(), closesAt: z.string() }),
});

/** `start` in milliseconds since 1970: when the play begins. */
export type IntakeFile = {
  text: string;
  intake: string;
  start: number;
  closesAt: string;
  /** Whether lots wait for a public value; not in the file as it was. */
  drawsFromBeacon?: boolean;
  /** Whether it asks for what `checks.ts` adds; not in the file as it was. */
  isChecked?: boolean;
};

/** The round file as it is in 2022; on a home that has lived past that, the same file moved on by whole days. */
export const fileFor = async (operator: Operator): Promise<IntakeFile> => {
  const asItWas = await readIntakeFile();
  try {
    await operator.setClock(new Date(asItWas.start).toISOString());
    return asItWas;
  } catch (error) {
    // Only an empty home can be set back to 2022.
    if (!(error instanceof UnexpectedAnswer) || error.status !== 409) throw error;
  }
  const now = Date.parse((await operator.health()).now);
  const days = Math.max(0, Math.ceil((now - asItWas.start) / day));
  return shifted(RoundFileDates.parse(JSON.parse(asItWas.text)), days, now);
};

const shifted = (file: z.infer<typeof RoundFileDates>, days: number, now: number): IntakeFile => {
  const closes = instantOf(new Date(Date.parse(file.call.closesAt) + days * day));
  // The wall clock stays the same; the zone's offset may be another one by then.
  const wallClock = file.call.closesAt.slice(10, 19);
  const closesAt = `${closes.slice(0, 10)}${wallClock}${offsetAt(file.timeZone, closes)}`;
  const intake = `${closes.slice(0, 4)}-${1 + (Math.floor(now / 60_000) % 99)}`;
  const { opensAt: _, ...call } = file.call;
  const text = JSON.stringify({ ...file, intake, call: { ...call, closesAt } }, null, 2);
  return { text, intake, start: Date.parse(closesAt) - daysOpen * day, closesAt };
};

/** The file as the data folder has it. */
export const readIntakeFile = async (): Promise<IntakeFile> => {
  const text = await readFile(new URL('../data/almaty-2022-3.round.json', import.meta.url), 'utf8');
  const { intake, call } = RoundFileDates.parse(JSON.parse(text));
  return { text, intake, start: Date.parse(call.closesAt) - daysOpen * day, closesAt: call.closesAt };
};
