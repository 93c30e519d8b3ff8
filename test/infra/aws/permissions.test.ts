import { describe, expect, it } from 'vitest';
import { asText, at, listAt, type Resource, templatesOf } from '#test/infra/aws/stacks.ts';

const { data, round } = templatesOf('KZ-19');
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Every statement of every policy that some resource carries: roles, keys, buckets, topics. */
const statementsIn = ({ Properties }: Resource): unknown[] => [
  ...listAt(Properties, 'PolicyDocument', 'Statement'),
  ...listAt(Properties, 'KeyPolicy', 'Statement'),
  ...listAt(Properties, 'Policies').flatMap((policy) => listAt(policy, 'PolicyDocument', 'Statement')),
];

const allowed = [...Object.entries(data.Resources), ...Object.entries(round.Resources)].flatMap(
  ([id, resource]) =>
    statementsIn(resource)
      .filter((statement) => at(statement, 'Effect') === 'Allow')
      .map((statement) => ({
        id,
        actions: list(at(statement, 'Action')).map(asText),
        resources: list(at(statement, 'Resource')).map(asText),
        condition: at(statement, 'Condition'),
      })),
);

/** What the role of a function or of the machines may do. */
const roleOf = (id: string) => {
  const statements = allowed.filter((statement) => statement.id === `${id}RoleDefaultPolicy`);
  if (statements.length === 0) throw new Error(`${id} has no role.`);
  const may = (action: string) =>
    statements.filter(({ actions }) => actions.includes(action)).flatMap(({ resources }) => resources);
  return { statements, may };
};

/** Whose roles are allowed an action. */
const whoMay = (action: string) =>
  allowed
    .filter(({ actions }) => actions.includes(action))
    .map(({ id }) => id.replace('RoleDefaultPolicy', ''));

const recordsChanges = (action: string) =>
  whoMay(action).filter((id) =>
    roleOf(id)
      .may(action)
      .some((one) => one.endsWith('table/irikteu-kz-19-records')),
  );

describe('permissions', () => {
  it('name every action: no policy of any kind allows * or part of a service by a wildcard', () => {
    const wildcards = allowed.flatMap(({ id, actions }) =>
      actions.filter((action) => action.includes('*')).map((action) => `${id}: ${action}`),
    );

    expect(allowed.length).toBeGreaterThan(50);
    expect(wildcards).toEqual([]);
  });

  it('name more than one resource only where that was reviewed', () => {
    const wildcards = allowed
      .filter(({ id }) => id.endsWith('RoleDefaultPolicy'))
      .flatMap(({ resources, actions }) =>
        resources.filter((one) => one.includes('*')).map((one) => `${actions.join(' ')} on ${one}`),
      );

    const reviewed = [
      // Tracing and the machines' log delivery know no resources.
      /^((xray:(Put|GetSampling)\w+|logs:\w+(LogDelivery|LogDeliveries|ResourcePolicy|ResourcePolicies|LogGroups)) ?)+ on \*$/,
      /^kms:\S+( kms:\S+)* on arn:aws:kms:eu-central-1:<AWS::AccountId>:key\/\*$/,
      /^s3:\S+( s3:\S+)* on arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>\/(slices|quarantine|held|clean|brought|papers|papers\/checks|packets|erased)\/\*$/,
      /^s3:\S+( s3:\S+)* on arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>\/papers\/\*\.json$/,
      /^states:DescribeExecution on arn:aws:states:eu-central-1:<AWS::AccountId>:execution:irikteu-kz-19-(selection-round|offer|onboarding):\*$/,
    ];
    expect(wildcards.filter((one) => !reviewed.some((pattern) => pattern.test(one)))).toEqual([]);
  });

  it('sign in two functions alone: what publishes results, and what anchors all records', () => {
    const signing = allowed.filter(({ actions }) => actions.includes('kms:Sign') && actions.length === 2);

    expect(signing.map(({ id }) => id)).toEqual(['OutboxRoleDefaultPolicy', 'SweepRoleDefaultPolicy']);
    expect(at(signing[0]?.condition, 'ForAnyValue:StringEquals', 'kms:ResourceAliases')).toBe(
      'alias/irikteu-kz-19-results',
    );
  });

  it('let the sweep touch nothing of the bucket but its anchors', () => {
    const objects = roleOf('Sweep').statements.flatMap(({ actions, resources }) =>
      actions.some((action) => action.startsWith('s3:') && action !== 's3:ListBucket') ? resources : [],
    );

    expect(objects).toEqual([expect.stringMatching(/\/papers\/checks\/\*$/)]);
  });

  it('use a key of data only under its alias and through the service that stores the data', () => {
    const uses = allowed.filter(
      ({ id, actions }) =>
        id.endsWith('RoleDefaultPolicy') &&
        actions.some((action) => action.startsWith('kms:')) &&
        !actions.includes('kms:Sign'),
    );

    expect(uses.length).toBeGreaterThan(10);
    for (const { condition } of uses) {
      expect(at(condition, 'StringEquals', 'kms:ViaService')).toMatch(
        /^(dynamodb|s3)\.eu-central-1\.amazonaws\.com$/,
      );
      expect(at(condition, 'ForAnyValue:StringEquals', 'kms:ResourceAliases')).toMatch(
        /^alias\/irikteu-kz-19-(records|persons|documents)$/,
      );
    }
  });

  it.for(['Sweep', 'Documents', 'Papers', 'ReadRound', 'CloseCall', 'AssignRaters', 'OpenGate'])(
    'keep %s away from the table of persons and its key in the database',
    (id) => {
      const mentions = roleOf(id).statements.filter(
        ({ resources, condition }) =>
          resources.some((one) => one.endsWith('table/irikteu-kz-19-persons')) ||
          (JSON.stringify(condition ?? {}).includes('-persons') &&
            JSON.stringify(condition).includes('dynamodb')),
      );

      expect(mentions).toEqual([]);
    },
  );

  it('let the step that reads a round write nothing', () => {
    const actions = roleOf('ReadRound').statements.flatMap((statement) => statement.actions);

    expect(actions).toContain('dynamodb:GetItem');
    expect(actions.filter((action) => /dynamodb:(Put|Update|Delete)/.test(action))).toEqual([]);
  });

  it('let only the outbox change an item of the records, and only the pages and the API remove one', () => {
    expect(recordsChanges('dynamodb:UpdateItem')).toEqual(['Outbox']);
    expect(new Set(recordsChanges('dynamodb:DeleteItem'))).toEqual(new Set(['Web', 'Api']));
  });

  it('let the outbox look up an address and erase it, and not change one', () => {
    const { may } = roleOf('Outbox');

    expect(may('dynamodb:GetItem')).toContainEqual(expect.stringContaining('-persons'));
    expect(may('dynamodb:PutItem')).not.toContainEqual(expect.stringContaining('-persons'));
    expect(may('dynamodb:UpdateItem')).not.toContainEqual(expect.stringContaining('-persons'));
  });

  it.for(['Web', 'Api'])(
    'let %s put files and slices where they wait only, and read papers, signed files of regions and what was looked at only',
    (id) => {
      const { may } = roleOf(id);

      expect(may('s3:PutObject')).toEqual([
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/brought/*',
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/quarantine/*',
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/slices/*',
      ]);
      expect(may('s3:GetObject')).toEqual([
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/brought/*',
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/clean/*',
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/packets/*',
        'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/papers/*',
      ]);
    },
  );

  it.for(['Web', 'Api'])(
    'let %s ask for three functions and no other: those of documents, letters and papers',
    (id) => {
      const { may } = roleOf(id);

      expect(may('lambda:InvokeFunction').map((arn) => arn.replace(/^.*:/, ''))).toEqual([
        'irikteu-kz-19-documents',
        'irikteu-kz-19-outbox',
        'irikteu-kz-19-papers',
      ]);
    },
  );

  it('let only Papers write a paper, nobody take one away, and Papers touch nothing else', () => {
    const papers = 'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/papers/*';
    const who = (action: string) =>
      allowed
        .filter(({ actions, resources }) => actions.includes(action) && resources.includes(papers))
        .map(({ id }) => id);

    expect(who('s3:PutObject')).toEqual(['PapersRoleDefaultPolicy']);
    expect(who('s3:DeleteObject')).toEqual([]);
    const touched = roleOf('Papers').statements.filter(({ actions }) =>
      actions.some((one) => /^(s3|dynamodb):/.test(one)),
    );
    expect(touched.map(({ resources }) => resources)).toEqual([[papers], [papers.replace('/papers/*', '')]]);
  });

  it('let only the outbox write and take away what crosses between regions', () => {
    const packets = 'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/packets/*';
    const who = (action: string) =>
      allowed
        .filter(({ actions, resources }) => actions.includes(action) && resources.includes(packets))
        .map(({ id }) => id);

    expect(who('s3:PutObject')).toEqual(['OutboxRoleDefaultPolicy']);
    expect(who('s3:DeleteObject')).toEqual(['OutboxRoleDefaultPolicy']);
  });

  it('let GatherMinutes keep what minutes are drawn from, read the records, and change nothing else', () => {
    const kept = 'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/papers/*.json';
    const { may, statements } = roleOf('GatherMinutes');

    expect([may('s3:PutObject'), may('s3:GetObject')]).toEqual([[kept], [kept]]);
    const actions = statements.flatMap((statement) => statement.actions);
    expect(actions.filter((one) => /dynamodb:(Put|Update|Delete)|s3:Delete|lambda:/.test(one))).toEqual([]);
  });

  it('let only Documents read what was not looked at: slices, quarantine and what is held', () => {
    const waiting = /\/(slices|quarantine|held)\/\*$/;
    const readers = allowed.filter(
      ({ actions, resources }) =>
        actions.includes('s3:GetObject') && resources.some((resource) => waiting.test(resource)),
    );

    expect(new Set(readers.map(({ id }) => id))).toEqual(new Set(['DocumentsRoleDefaultPolicy']));
  });

  it('let only Documents move a file to where staff may open it', () => {
    const clean = 'arn:aws:s3:::irikteu-kz-19-documents-<AWS::AccountId>/clean/*';

    const writers = allowed.filter(
      ({ actions, resources }) => actions.includes('s3:PutObject') && resources.includes(clean),
    );
    expect(writers.map(({ id }) => id)).toEqual(['DocumentsRoleDefaultPolicy']);
  });

  it('let only the outbox resume a round, only outbox and sweep start one, and nobody end one', () => {
    expect(whoMay('states:SendTaskSuccess')).toEqual(['Outbox']);
    expect(whoMay('states:StartExecution')).toEqual(['Outbox', 'Sweep']);
    expect(whoMay('states:StopExecution')).toEqual([]);
  });

  it('let letters come from the region’s own address only', () => {
    const senders = allowed.filter(({ actions }) => actions.includes('ses:SendEmail'));

    expect(senders.map(({ id }) => id)).toEqual([
      'WebRoleDefaultPolicy',
      'ApiRoleDefaultPolicy',
      'OutboxRoleDefaultPolicy',
    ]);
    for (const { condition } of senders) {
      expect(condition).toEqual({ StringEquals: { 'ses:FromAddress': 'almaty@irikteu.example' } });
    }
  });

  it('let the machines run their steps and nothing else', () => {
    expect(roleOf('Machines').may('lambda:InvokeFunction').toSorted()).toEqual([
      '<AskNext.Arn>',
      '<AssignRaters.Arn>',
      '<AwaitAnswer.Arn>',
      '<CloseCall.Arn>',
      '<GatherMinutes.Arn>',
      '<LapseOffer.Arn>',
      '<OpenGate.Arn>',
      '<Papers.Arn>',
      '<PrepareScreening.Arn>',
      '<ReadOffer.Arn>',
      '<ReadPlacement.Arn>',
      '<ReadRound.Arn>',
      '<RecordMinutes.Arn>',
      '<RemindOffer.Arn>',
      '<RemindOwners.Arn>',
    ]);
  });

  it('let nobody delete a table, a backup, a bucket or a key', () => {
    const destructive = allowed
      .filter(({ id }) => id.endsWith('RoleDefaultPolicy'))
      .flatMap(({ actions }) => actions)
      .filter((action) => /Delete(Table|Backup|Bucket|Alias)|ScheduleKeyDeletion|DisableKey/.test(action));

    expect(destructive).toEqual([]);
  });
});
