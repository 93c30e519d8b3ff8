import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/domain/hash.ts';

describe('canonical JSON', () => {
  it('has the members of each object in order, whatever order they came in', () => {
    const inOrder = '{"a":[{"x":1,"y":null}],"b":{"c":true,"d":"ә"}}';

    expect(canonicalJson({ b: { d: 'ә', c: true }, a: [{ y: null, x: 1 }] })).toBe(inOrder);
    expect(canonicalJson({ a: [{ x: 1, y: null }], b: { d: 'ә', c: true } })).toBe(inOrder);
    expect(canonicalJson(JSON.parse(inOrder))).toBe(inOrder);
  });

  it('leaves out what is undefined, and has whole numbers as names first, smallest first', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
    expect(canonicalJson({ '-': 1, b: 2, 10: 3, 9: 4 })).toBe('{"9":4,"10":3,"-":1,"b":2}');
  });

  it('has a member of any name', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}'))).toBe(
      '{"__proto__":{"c":2,"d":1},"b":1}',
    );
  });
});
