import * as z from 'zod';
import { Contender } from '#shared/domain/contender.ts';
import { CorrectedList } from '#shared/domain/corrected.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { MarkList } from '#shared/domain/marks.ts';
import { Naming } from '#shared/domain/partner.ts';
import { RaterDrawing } from '#shared/domain/rater-drawing.ts';
import { CalendarFile } from '#shared/domain/region-calendar.ts';
import type { Plan } from '#shared/domain/round.ts';
import { RoundFigures } from '#shared/domain/round-figures.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { Register, type Vacancy } from '#shared/domain/vacancy.ts';
import { type OpenPosts, OpenPostsFile } from '#shared/elsewhere/open-posts.ts';
import { FileOrder } from '#shared/marks/file-order.ts';
import type { Records } from '#shared/ports/records.ts';
import { AffectedList } from '#shared/replay/told.ts';

/** A region has a handful of rounds open at a time; older ones are read again. */
const keptTexts = 8;

/** What a SHA-256 names never changes, so what was read once need not be read again. */
const kept = <T>(read: (text: string) => T) => {
  const found = new Map<string, T>();
  return async (records: Pick<Records, 'blob'>, sha256: string): Promise<T> => {
    const known = found.get(sha256);
    if (known !== undefined) return known;
    const value = read(await records.blob(sha256));
    const oldest = found.keys().next().value;
    if (oldest !== undefined && found.size >= keptTexts) found.delete(oldest);
    found.set(sha256, value);
    return value;
  };
};

const pinnedFileOf = kept((text): RoundFile => RoundFile.parse(JSON.parse(text)));

/** The calendar file behind its SHA-256. */
export const calendarFileOf = kept((text): CalendarFile => CalendarFile.parse(JSON.parse(text)));

/**
 * The rules that hold for a round: its pinned file, with the region's calendar in place of its own where somebody decided
 * so.
 */
export const roundFileOf = async (
  records: Pick<Records, 'blob'>,
  { file: sha256, calendar }: Pick<Plan, 'file' | 'calendar'>,
): Promise<RoundFile> => {
  const file = await pinnedFileOf(records, sha256);
  if (calendar === undefined) return file;
  const { schemaVersion: _, ...adopted } = await calendarFileOf(records, calendar);
  return { ...file, calendar: adopted };
};

/** The vacancies behind a register's SHA-256, in the order of their codes. */
export const vacanciesOf = kept((text): readonly Vacancy[] => Register.parse(JSON.parse(text)).vacancies);

/** The marks of a file from outside, behind their SHA-256. */
export const markListOf = kept((text): MarkList => MarkList.parse(JSON.parse(text)));

/** How the rows of a file of marks stood, behind its SHA-256. */
export const fileOrderOf = kept((text): FileOrder => FileOrder.parse(JSON.parse(text)));

/** The standing list that a gate decided on, behind its SHA-256. */
export const standingListOf = kept((text): StandingList => StandingList.parse(JSON.parse(text)));

/** What the corrections of a round come to, behind its SHA-256. */
export const correctedListOf = kept((text): CorrectedList => CorrectedList.parse(JSON.parse(text)));

/** Whom a correction concerned, behind its SHA-256. */
export const affectedListOf = kept((text): AffectedList => AffectedList.parse(JSON.parse(text)));

/** How the raters of a round were drawn, behind its SHA-256. */
export const raterDrawingOf = kept((text): RaterDrawing => RaterDrawing.parse(JSON.parse(text)));

/** What may be shown of the figures of a round, behind their SHA-256. */
export const figuresOf = kept((text): RoundFigures => RoundFigures.parse(JSON.parse(text)));

const Contenders = z.array(z.object({ id: z.string(), version: z.int(), state: Contender }));

/** What was kept of those who may be offered a post, best rank first, by application. */
export const contendersKeptIn = kept(
  (text): ReadonlyMap<string, Versioned<Contender>> =>
    new Map(Contenders.parse(JSON.parse(text)).map((one) => [one.id, one])),
);

/** Who of a round named a partner, by numbers alone. */
export const namingsKeptIn = kept((text): readonly Naming[] => z.array(Naming).parse(JSON.parse(text)));

/** A list of posts of another region, behind the SHA-256 of its file; its signature held when it was brought. */
export const openPostsOf = kept((text): OpenPosts => OpenPostsFile.parse(JSON.parse(text)).statement);
