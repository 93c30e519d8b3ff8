import type { ChangedCard, GivenType } from '#shared/domain/after-cards.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { ResultClaim } from '#shared/domain/claim.ts';
import type { Discussions } from '#shared/domain/discussion.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { ApplicationId, GateId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { MarksImport } from '#shared/domain/marks.ts';
import type { OwedInterview } from '#shared/domain/owed-interview.ts';
import type { Panel } from '#shared/domain/panel.ts';
import type { Passport } from '#shared/domain/passport.ts';
import type { Placement } from '#shared/domain/placement.ts';
import type { Poll } from '#shared/domain/poll.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Instead } from '#shared/domain/tenure.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Correction } from '#shared/replay/correction.ts';
import type { ScoreReport } from '#shared/replay/score-report.ts';

export type Judgement = NonNullable<Candidacy['judgement']>;

/** Everything that the record holds of a closed round and its minutes say something about. */
export type Gathered = {
  round: RoundIn<'closed'>;
  file: RoundFile;
  /** The register that was pinned. */
  vacancies: readonly Vacancy[];
  /** Events of the round and of its committee, oldest first. */
  history: readonly StoredEvent[];
  committee: readonly StoredEvent[];
  /** Who held interviews together; absent where the whole committee did. */
  panels?: readonly Panel[] | undefined;
  /** What members of staff said they are called, as of now. */
  names: ReadonlyMap<PersonId, string>;
  gates: readonly Gate[];
  /** What was discussed at them; absent where nothing was. */
  discussions?: readonly Discussions[] | undefined;
  /** When the chair was away from them, and who chaired instead; absent where the round file lets nobody. */
  absences?: ReadonlyMap<GateId, readonly Instead[]> | undefined;
  /** What the committee ranked by ballot at them; absent where it ranked nothing. */
  polls?: readonly Poll[] | undefined;
  /** The standing lists that lay on the tables of the gates, by their SHA-256. */
  lists: ReadonlyMap<Sha256, StandingList>;
  /** How those who had a seat practised, where the round asked for it. */
  passports: readonly Passport[];
  /** The files of marks from outside that count. */
  marks: readonly MarksImport[];
  /** Those that were taken back. */
  undoneMarks: readonly MarksImport[];
  candidacies: readonly Candidacy[];
  /** Interviews that were owed and held after their stage; absent where nobody was owed one. */
  owed?: readonly OwedInterview[] | undefined;
  /** Cards that were changed when their givers could read colleagues' cards */
  changedCards?: ReadonlyMap<ApplicationId, Record<GivenType, readonly ChangedCard[]>> | undefined;
  /** What members judged at screening, oldest first, as far back as a gate asks. */
  judgements: ReadonlyMap<ApplicationId, readonly Judgement[]>;
  placements: readonly Placement[];
  /** What crossed between regions; absent where nothing did. */
  elsewhere?: Elsewhere | undefined;
  claims: readonly ResultClaim[];
  /** Of raters, by which lists and charts have them; absent where nothing was changed on a card. */
  codes?: ReadonlyMap<PersonId, string> | undefined;
  /** Those that were asked for, with how many people each concerned once it was applied. */
  corrections?: readonly (Correction & { concerned: number })[] | undefined;
  /** What raters said of their own stored scores; absent where nobody did. */
  reports?: readonly ScoreReport[] | undefined;
  /** What was typed; undefined where nothing was, and once it was erased. */
  said: (ref: DocumentRef | undefined) => string | undefined;
};
