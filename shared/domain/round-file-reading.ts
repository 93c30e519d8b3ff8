import type * as z from 'zod';
import type { Sha256 } from '#shared/domain/ids.ts';
import { type JsonText, readJson } from '#shared/domain/json-text.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Plan } from '#shared/domain/round.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { type Broken, brokenRules, type Readable } from '#shared/domain/round-file-rules.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import { type Instant, instantOf } from '#shared/domain/time.ts';
import { byteOrderMark } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A round file of 26 pages is about 60 kB; more than this is not one. */
const maxCharacters = 400_000;

/**
 * Reads a round file for a region and answers every fault with JSON pointer, line and column: broken JSON, doubled,
 * unknown, missing and malformed members, and rules between members.
 */
export const readRoundFile = (text: string, region: RegionCode): Result<RoundFile, Fault[]> => {
  if (text.length > maxCharacters) {
    return refuse([{ place: '', message: 'round-file.too-large', facts: { limit: maxCharacters } }]);
  }
  if (text.startsWith(byteOrderMark)) {
    return refuse([{ place: '', message: 'round-file.byte-order-mark', line: 1, column: 1 }]);
  }
  const json = readJson(text);
  if (!json.ok) return json;
  const parsed = RoundFile.safeParse(json.value.value);
  const shape = parsed.success ? [] : schemaFaults(parsed.error.issues, json.value);
  const readable = parsed.success ? parsed.data : readableMembers(json.value.value);
  const rules = brokenRules(readable, region).map((broken) => faultOf(broken, json.value));
  return parsed.success && rules.length === 0
    ? ok(parsed.data)
    : refuse([...shape, ...rules].toSorted(byPlace));
};

/** The members whose own shape is right, so that rules among them can still be checked. */
const readableMembers = (value: unknown): Readable => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const members = new Map(Object.entries(value));
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined =>
    schema.safeParse(members.get(name)).data;
  const shape = RoundFile.shape;
  return {
    region: read('region', shape.region),
    timeZone: read('timeZone', shape.timeZone),
    call: read('call', shape.call),
    stages: read('stages', shape.stages),
    calendar: read('calendar', shape.calendar),
    posts: read('posts', shape.posts),
    eligibility: read('eligibility', shape.eligibility),
    documents: read('documents', shape.documents),
    questions: read('questions', shape.questions),
    motivation: read('motivation', shape.motivation),
    rubric: read('rubric', shape.rubric),
    blind: read('blind', shape.blind),
    references: read('references', shape.references),
    raters: read('raters', shape.raters),
    practice: read('practice', shape.practice),
    ties: read('ties', shape.ties),
    committee: read('committee', shape.committee),
    shortlist: read('shortlist', shape.shortlist),
    interviews: read('interviews', shape.interviews),
    checklist: read('checklist', shape.checklist),
    consent: read('consent', shape.consent),
  };
};

const faultOf = ({ path, message, facts }: Broken, json: JsonText): Fault => ({
  ...json.placeOf(path),
  message,
  ...(facts && { facts }),
});

const byPlace = (a: Fault, b: Fault): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

/** What the round's record keeps of its file. */
export const planOf = (file: RoundFile, sha256: Sha256): Plan => ({
  file: sha256,
  intake: file.intake,
  ...(file.call.opensAt && { opensAt: momentOf(file.call.opensAt) }),
  closesAt: momentOf(file.call.closesAt),
  ...earliest(
    Object.values(file.stages).flatMap((stage) => ('endsAt' in stage ? momentOf(stage.endsAt) : [])),
  ),
  minimumDays: file.call.minimumDays,
  ...(file.call.graceMinutes && { graceSeconds: file.call.graceMinutes * 60 }),
  timeZone: file.timeZone,
});

const earliest = (ends: readonly Instant[]): Pick<Plan, 'stageEndsAt'> => {
  const [stageEndsAt] = ends.toSorted();
  return stageEndsAt === undefined ? {} : { stageEndsAt };
};

const momentOf = (moment: string): Instant => instantOf(new Date(moment));
