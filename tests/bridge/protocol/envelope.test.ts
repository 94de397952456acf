import { describe, expect, it } from 'vitest';
import { errorText, readFrame, requestFrame } from '../../../src/bridge/protocol/index.js';

describe('readFrame', () => {
  it.each([
    '',
    'null',
    '42',
    '[]',
    '{}',
    '{"RequestId":"7","ResponseCode":200}',
    '\u0000\u0001',
    '{"RequestId":',
    '{"MessageName":"SomethingElse","Unrelated":1}',
  ])('passes over %j', (text) => {
    expect(readFrame(text)).toEqual({ kind: 'unknown' });
  });

  it('reads a reply without a body', () => {
    expect(readFrame('{"RequestId":3,"ResponseCode":200}')).toEqual({
      kind: 'reply',
      id: 3,
      status: 200,
      body: null,
    });
  });

  it('reads an error whose text breaks the JSON around it', () => {
    const frame = readFrame(
      '{"RequestId":9,"ResponseCode":400,"ResponseBody":{"errorMessage":"Object: "C:\\bad" does not exist."}}',
    );
    expect(frame).toMatchObject({ kind: 'reply', id: 9, status: 400 });
    expect(errorText((frame as { body: unknown }).body)).toBe('Object: "C:\\bad" does not exist.');
  });

  it('knows a refusal, a bare error and an event', () => {
    expect(readFrame('{"Passphrase":"x","URL":"","Verb":"401","RequestId":5}')).toEqual({
      kind: 'denied',
      id: 5,
    });
    expect(readFrame('{"errorMessage":"HTTP server not started."}')).toEqual({
      kind: 'error',
      message: 'HTTP server not started.',
    });
    expect(readFrame('{"Type":"PresetFieldsChanged","PresetName":"p"}')).toMatchObject({
      kind: 'event',
      type: 'PresetFieldsChanged',
    });
  });
});

describe('requestFrame', () => {
  it('carries the id in both places', () => {
    const frame = JSON.parse(requestFrame(7, { verb: 'GET', url: '/remote/info' })) as Record<
      string,
      unknown
    >;
    expect(frame).toEqual({
      MessageName: 'http',
      Id: 7,
      Parameters: { RequestId: 7, Url: '/remote/info', Verb: 'GET', Body: {} },
    });
  });
});
