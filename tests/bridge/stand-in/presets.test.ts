import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditorSession, openRawSocket, type RawSocket } from '../../../src/bridge/index.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

const WITHIN_MS = 5_000;
const QUIET_MS = 300;

describe('transient presets', () => {
  let opened: OpenedStandIn;
  let session: EditorSession;
  let socket: RawSocket;
  let deaf: RawSocket;
  beforeAll(async () => {
    opened = await openStandIn({ tickHz: 100 });
    session = await opened.session();
    socket = await openRawSocket(opened.editor.port);
    deaf = await openRawSocket(opened.editor.port);
  });
  afterAll(async () => {
    socket.close();
    deaf.close();
    await opened.close();
  });

  let id = 1;
  const ask = async (verb: string, url: string, body: unknown = {}) => {
    const answer = socket.next(WITHIN_MS, ({ text }) => text.includes('RequestId'));
    socket.send({
      MessageName: 'http',
      Id: id,
      Parameters: { RequestId: id++, Url: url, Verb: verb, Body: body },
    });
    const { ResponseCode, ResponseBody } = JSON.parse((await answer)?.text ?? '{}');
    return { status: ResponseCode, body: ResponseBody };
  };
  const ring = (count: number) =>
    session.call(
      'prove',
      { check: 'ring', asset: '/Game/GaitwayProof/Trial', skeleton: SKELETON, clip: '', first: 0, count },
      { purpose: 'ringing' },
    ) as Promise<{ object: string; property: string }>;
  const news = () => socket.next(WITHIN_MS, ({ text }) => text.includes('PresetFieldsChanged'));

  it('tell those who registered of a property that Python sets, the last value, and nobody else', async () => {
    const { object, property } = await ring(0);
    const { body } = await ask('PUT', '/remote/preset/transient');
    const name = body.PresetName;
    expect(await ask('GET', '/remote/presets')).toMatchObject({ body: { Presets: [{ Name: name }] } });
    const exposed = await ask('PUT', `/remote/preset/${name}/expose/property`, {
      ObjectPath: object,
      PropertyName: property,
    });
    expect(exposed.status).toBe(200);
    const others = deaf.next(QUIET_MS);
    socket.send({ MessageName: 'preset.register', Id: 90, Parameters: { PresetName: name } });
    const told = news();
    await ring(1);
    await ring(7);
    const event = JSON.parse((await told)?.text ?? '{}');
    expect(event).toMatchObject({ Type: 'PresetFieldsChanged', PresetName: name });
    expect(event.ChangedFields).toEqual([
      expect.objectContaining({ PropertyLabel: property, ObjectPath: object }),
    ]);
    expect([1, 7]).toContain(event.ChangedFields[0].PropertyValue);
    expect(await others).toBeUndefined();

    socket.send({ MessageName: 'preset.unregister', Id: 91, Parameters: { PresetName: name } });
    const silence = socket.next(QUIET_MS, ({ text }) => text.includes('"PropertyValue":9'));
    await ring(9);
    expect(await silence).toBeUndefined();
    expect(await ask('DELETE', `/remote/preset/transient/${name}`)).toMatchObject({ status: 200 });
    expect(await ask('GET', '/remote/presets')).toMatchObject({ body: { Presets: [] } });
  });

  it.each([
    ['GET', '/remote/preset/gone', {}, 404],
    ['DELETE', '/remote/preset/transient/gone', {}, 404],
    ['PUT', '/remote/preset/gone/expose/property', { ObjectPath: 'x', PropertyName: 'y' }, 404],
  ])('%s %s is refused', async (verb, url, body, status) => {
    expect(await ask(verb, url, body)).toMatchObject({ status });
  });

  it('expose only what there is', async () => {
    const { body } = await ask('PUT', '/remote/preset/transient');
    const expose = (ObjectPath: unknown, PropertyName: unknown) =>
      ask('PUT', `/remote/preset/${body.PresetName}/expose/property`, { ObjectPath, PropertyName });
    const { object } = await ring(0);
    expect(await expose(object, 'nothing')).toMatchObject({ status: 404 });
    expect(await expose('/Game/None', 'rings')).toMatchObject({ status: 404 });
    expect(await expose(3, 'rings')).toMatchObject({ status: 400 });
  });
});
