import * as z from 'zod';
import { plainText } from '#shared/domain/application-form-reading.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import {
  type CommentKind,
  type Comments,
  commentKinds,
  FilledCard,
  noComments,
  type OwnCards,
} from '#shared/domain/card.ts';
import type { CardDraft } from '#shared/domain/card-draft.ts';
import { type DocumentRef, type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Chance } from '#shared/ports/world.ts';

/** A card as it arrives from a form or the API. */
export type CardInput = {
  points: FilledCard['points'];
  abstained?: readonly string[] | undefined;
  comments?: { [kind in CommentKind]?: string | undefined } | undefined;
  /** The version that was shown (`versionOf`). */
  basedOn?: number | undefined;
};

export const filledCard = ({ points, abstained = [], comments = {} }: CardInput): FilledCard => ({
  points,
  abstained: [...new Set(abstained)],
  comments: {
    committee: plainText(comments.committee ?? ''),
    applicant: plainText(comments.applicant ?? ''),
  },
});

/** Texts of a card lie with those of the application, and are erased with them. */
type Place = {
  applicationId: string;
  /** Of the record that it was decided on: no two texts of one kind are written on the same one. */
  version: number;
  /** What that record is, where it is not the candidacy. */
  apart?: 'owed-interview' | undefined;
};

const write = (
  { chance }: { chance: Chance },
  { applicationId, version, apart }: Place,
  kind: 'card' | 'comment' | 'feedback',
  body: unknown,
): DocumentWrite => {
  const owner = `application#${applicationId}${apart ? `#${apart}` : ''}`;
  return writeDocument({ owner, kind, version: version + 1 }, body, chance.token(16));
};

const kinds = { committee: 'comment', applicant: 'feedback' } as const;

/** What was typed beside points, each text as a document of its own: one is told to the applicant, the other never. */
export const commentDocuments = (
  deps: { chance: Chance },
  place: Place,
  comments: Comments,
): { documents: DocumentWrite[]; refs: Score['comments'] } => {
  const written = commentKinds
    .filter((kind) => comments[kind] !== '')
    .map((kind) => [kind, write(deps, place, kinds[kind], { text: comments[kind] })] as const);
  return {
    documents: written.map(([, document]) => document),
    refs:
      written.length > 0
        ? Object.fromEntries(written.map(([kind, { ref }]): [CommentKind, DocumentRef] => [kind, ref]))
        : undefined,
  };
};

export const draftDocument = (deps: { chance: Chance }, place: Place, card: FilledCard): DocumentWrite =>
  write(deps, place, 'card', card);

const Text = z.object({ text: z.string() });

/** What was typed beside the points of a card; empty where nothing was, and once it is erased. */
export const commentsOf = async (
  records: Pick<Records, 'document'>,
  { comments = {} }: Pick<Score, 'comments'>,
): Promise<Comments> => {
  const read = async (ref: DocumentRef | undefined): Promise<string> =>
    ref ? (Text.safeParse(await records.document(ref)).data?.text ?? '') : '';
  const [committee, applicant] = await Promise.all([read(comments.committee), read(comments.applicant)]);
  return { committee, applicant };
};

/** A draft as it was left; undefined once it is erased. */
export const draftOf = async (
  records: Pick<Records, 'document'>,
  draft: CardDraft,
): Promise<FilledCard | undefined> => FilledCard.safeParse(await records.document(draft.card)).data;

/** What was typed in what stands, so that the same card sent again changes nothing. */
export const typedIn = async (
  records: Pick<Records, 'document'>,
  { given, draft }: OwnCards,
): Promise<{ given: Comments; draft: FilledCard | undefined }> => ({
  given: given ? await commentsOf(records, given) : noComments,
  draft: draft && (await draftOf(records, draft)),
});
