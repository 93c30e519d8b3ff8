import { describe, expect, it } from 'vitest';
import { tableGrants } from '#infra/local/endpoint/table-grants.ts';
import { createAuthorize } from '#infra/local/permissions/authorize.ts';
import { evaluate } from '#infra/local/permissions/evaluate.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { describe as describeStacks } from '#infra/local/template/description.ts';
import type { Statement } from '#infra/local/template/properties.ts';
import { anAssembly, aRegion } from '#test/infra/local/assembly.ts';

const records = 'arn:aws:dynamodb:eu-central-1:000000000000:table/records';
const allow = (Action: string, Resource: string, more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: [Action],
  Resource: [Resource],
  ...more,
});

describe('a role', () => {
  it.for([
    ['dynamodb:GetItem', records, 'allowed'],
    ['dynamodb:PutItem', records, 'not-granted'],
    ['dynamodb:GetItem', `${records}-2`, 'not-granted'],
  ] as const)('that may read one table: %s on %s is %s', ([action, resource, verdict]) => {
    expect(evaluate([allow('dynamodb:GetItem', records)], { action, resource })).toBe(verdict);
  });

  it('with a wildcard may use all that it matches, whatever the case of the action', () => {
    const statements = [allow('s3:Get*', 'arn:aws:s3:::documents/clean/*')];

    expect(
      evaluate(statements, { action: 's3:getobject', resource: 'arn:aws:s3:::documents/clean/a/b' }),
    ).toBe('allowed');
    expect(
      evaluate(statements, { action: 's3:GetObject', resource: 'arn:aws:s3:::documents/quarantine/a' }),
    ).toBe('not-granted');
  });

  it('that is denied something is denied it however much it is allowed', () => {
    const statements = [allow('*', '*'), { ...allow('dynamodb:DeleteItem', '*'), Effect: 'Deny' as const }];

    expect(evaluate(statements, { action: 'dynamodb:DeleteItem', resource: records })).toBe('denied');
  });

  it('that may send letters from one address may not send from another', () => {
    const statements = [
      allow('ses:SendEmail', '*', {
        Condition: { StringEquals: { 'ses:FromAddress': 'almaty@irikteu.example' } },
      }),
    ];
    const send = (from: string) =>
      evaluate(statements, { action: 'ses:SendEmail', resource: 'x', context: { 'ses:FromAddress': from } });

    expect(send('almaty@irikteu.example')).toBe('allowed');
    expect(send('minister@irikteu.example')).toBe('not-granted');
    expect(evaluate(statements, { action: 'ses:SendEmail', resource: 'x' })).toBe('not-granted');
  });

  it('with a condition that the home cannot judge is not allowed by it', () => {
    const statements = [
      allow('*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } } }),
    ];

    expect(evaluate(statements, { action: 'a:b', resource: 'x' })).toBe('not-granted');
  });
});

describe('a call without its grant', () => {
  it('is refused with the action and resource, and the log names the function and its role', () => {
    const lines: object[] = [];
    const authorize = createAuthorize(
      describeStacks(readAssembly(anAssembly()), ''),
      (code, _message, facts) => void lines.push({ code, ...facts }),
    );

    expect(() => authorize({ kind: 'function', logicalId: 'Web' }, 'dynamodb:PutItem', records)).toThrow(
      /is not authorized to perform: dynamodb:PutItem on resource: .*table\/records/,
    );
    expect(lines).toEqual([
      expect.objectContaining({ code: 'GRANT_MISSING', caller: 'function/Web', action: 'dynamodb:PutItem' }),
    ]);
  });

  it('is refused to whoever has no key at all', () => {
    const authorize = createAuthorize(describeStacks(readAssembly(anAssembly()), ''), () => undefined);

    expect(() => authorize({ kind: 'anonymous' }, 'dynamodb:GetItem', records)).toThrow(/not authorized/);
  });

  it('does not exist for the operator', () => {
    const authorize = createAuthorize(describeStacks(readAssembly(anAssembly()), ''), () => undefined);

    expect(() => authorize({ kind: 'operator' }, 'dynamodb:DeleteTable', records)).not.toThrow();
  });
});

const keyed = () => {
  const { Records, ...others } = aRegion('dynamodb:UpdateItem');
  const Replicas = [
    { Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  ];
  return {
    ...others,
    Key: { Type: 'AWS::KMS::Key' },
    Records: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { ...Records?.Properties, Replicas } },
  };
};

describe('a table with a customer key', () => {
  it('is closed to whoever may use the table but not the key', () => {
    const description = describeStacks(readAssembly(anAssembly({ resources: keyed() })), '');
    const grants = tableGrants(
      description,
      createAuthorize(description, () => undefined),
    );

    expect(() =>
      grants({ kind: 'function', logicalId: 'Web' }, 'UpdateItem', { TableName: 'region-records' }),
    ).toThrow(/not authorized to perform: kms:Decrypt on resource: arn:aws:kms:.*key\/Key/);
  });
});
