import { describe, expect, it } from 'vitest';
import { resolve, type Scope } from '#infra/local/template/resolve.ts';

const scope: Scope = {
  stack: 'almaty-round',
  ref: (name) => ({ Records: 'almaty-records', 'AWS::Region': 'eu-central-1' })[name],
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  imported: (name) => `value of ${name}`,
  mapped: (map, key, second) => `${map}.${key}.${second}`,
  condition: (name) => name === 'IsReal',
};

describe('a template expression', () => {
  it.for([
    [{ Ref: 'Records' }, 'almaty-records'],
    [{ 'Fn::GetAtt': ['Web', 'Arn'] }, 'Web/Arn'],
    [{ 'Fn::GetAtt': 'Web.Arn' }, 'Web/Arn'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Records' }]] }, 'a-almaty-records'],
    [{ 'Fn::Sub': 'arn:${AWS::Region}:${Web.Arn}:${!Literal}' }, 'arn:eu-central-1:Web/Arn:${Literal}'],
    [{ 'Fn::Sub': ['${x}-${Records}', { x: { Ref: 'Records' } }] }, 'almaty-records-almaty-records'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::ImportValue': 'almaty-data:Records' }, 'value of almaty-data:Records'],
    [{ 'Fn::FindInMap': ['M', 'k', 's'] }, 'M.k.s'],
    [{ 'Fn::If': ['IsReal', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::Base64': 'a' }, 'YQ=='],
    ['{{resolve:ssm:/almaty/table}}', 'value of ssm:/almaty/table'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
  ] as const)('%j becomes %j', ([expression, value]) => {
    expect(resolve(expression, scope)).toEqual(value);
  });

  it('keeps the Condition of a policy statement as it is', () => {
    const condition = { StringEquals: { 'ses:FromAddress': 'almaty@irikteu.example' } };

    expect(resolve({ Condition: condition }, scope)).toEqual({ Condition: condition });
  });

  it('that uses an intrinsic which the home does not know stops the start and is named', () => {
    expect(() => resolve({ a: { 'Fn::Cidr': ['10.0.0.0/8', 2, 8] } }, scope)).toThrow(
      'The template of almaty-round uses Fn::Cidr, which this home does not know.',
    );
  });

  it('that refers to nothing stops the start and is named', () => {
    expect(() => resolve({ Ref: 'Persons' }, scope)).toThrow(/refers to Persons, which is not in it/);
  });
});
