// Drives MQTT.js against an endpoint. usage: node client.mjs URL VERSION CA-FILE
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const [url, version, authority] = process.argv.slice(2);
const protocolVersion = Number(version);
const base = { protocolVersion, reconnectPeriod: 0, connectTimeout: 10_000, ca: url.startsWith('mqtts') ? readFileSync(authority) : undefined };
const connect = options => mqtt.connectAsync(url, { ...base, ...options });
const until = async (condition, what) => {
  const end = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `timed out: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
};

// A tap with wildcards, retained messages, QoS 0 to 2.
const got = [];
const tap = await connect({ clientId: 'tap' });
tap.on('message', (topic, payload, packet) => got.push(`${topic} ${payload} ${packet.qos} ${packet.retain}`));
const granted = await tap.subscribeAsync({ 'm/#': { qos: 2 } });
assert.equal(granted[0].qos, 1, 'QoS 2 is granted as 1');

const board = await connect({ clientId: 'board', will: { topic: 'm/will', payload: 'gone', qos: 1, retain: false } });
await board.publishAsync('m/0/config', 'c1', { qos: 1, retain: true });
// In batches: this client does not hold back by itself when the server's receive maximum (64) is reached.
for (let first = 0; first < 200; first += 50) {
  await Promise.all(Array.from({ length: 50 }, (_, i) => board.publishAsync('m/1/r', String(first + i), { qos: (first + i) % 3 })));
}
await until(() => got.length === 201, 'all messages at the tap');
assert.deepEqual(got.slice(1).map(line => line.split(' ')[1]).sort((a, b) => a - b), Array.from({ length: 200 }, (_, i) => String(i)));

const late = await connect({ clientId: 'late' });
const retained = [];
late.on('message', (topic, payload, packet) => retained.push(`${topic} ${payload} ${packet.retain}`));
await late.subscribeAsync('m/+/config', { qos: 1 });
await until(() => retained.length === 1, 'the retained message');
assert.equal(retained[0], 'm/0/config c1 true');
await late.unsubscribeAsync('m/+/config');

// The will of a broken connection.
board.stream.destroy();
await until(() => got.some(line => line.startsWith('m/will gone')), 'the will');

// A session that outlives its connection.
const session = { clientId: 'keeper', clean: false, properties: protocolVersion === 5 ? { sessionExpiryInterval: 60 } : undefined };
let keeper = await connect(session);
await keeper.subscribeAsync('k', { qos: 1 });
await keeper.endAsync();
await late.publishAsync('k', 'kept', { qos: 1 });
const kept = [];
keeper = mqtt.connect(url, { ...base, ...session });
keeper.on('message', (_, payload) => kept.push(String(payload)));
await until(() => kept.length === 1, 'the kept message');

// Refusals.
const refused = await late.subscribeAsync('$share/g/m', { qos: 1 }).then(grants => grants[0].qos, error => error.message);
assert.ok(refused === 158 || refused === 128 || /158|128|Shared|Unspecified/.test(String(refused)), `shared subscription: ${refused}`);
if (protocolVersion === 5) {
  const aliasing = await connect({ clientId: 'alias', autoAssignTopicAlias: true });
  for (let i = 0; i < 20; i++) {
    await aliasing.publishAsync(`alias/${i % 3}`, String(i), { qos: 1, properties: { userProperties: { k: 'v' }, messageExpiryInterval: 60 } });
  }
  await aliasing.endAsync();
}

await Promise.all([tap.endAsync(), late.endAsync(), keeper.endAsync()]);
console.log('all passed');
