import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, textAt } from '../support/client.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const EVIDENCE = { mediaUrl: 'https://media.example/1.jpg', locationCoordinate: '-6.9,107.6' };

describe('a command that a ticket refuses', () => {
  let api: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;
  let other: Member;
  let supervisor: Member;
  let farNoc: Member;
  let farFoc: Member;

  before(async () => {
    api = await startApi();
    world = cgsWorld(api);
    [noc, foc, other, supervisor, farNoc, farFoc] = await Promise.all([
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
      world.member('NOC', 'East'),
      world.member('FOC', 'East'),
    ]);
  });
  after(() => api.stop());

  const post = (as: Member, id: string, path: string, body?: object) =>
    world.call('POST', `/v1/tickets/${id}/${path}`, { as, ...(body && { body }) });
  const outcomeOf = (answer: Received): unknown[] => [answer.status, codeOf(answer)];

  it('answers 404 to people who may not see the ticket, as for one that does not exist', async () => {
    const id = await world.ticket('Accepted', { noc, foc });
    const unknown = randomUUID();
    const attempts: [Member, string, object?][] = [
      [farFoc, 'ticketStatus/accept'],
      [other, 'ticketStatus/onTheWay'],
      [farFoc, 'taskStatus/checking', EVIDENCE],
      [other, 'ticketStatus/cancel', { cancelCategory: 'Other' }],
      [farNoc, `validate/${randomUUID()}/true`],
      [farNoc, 'ticketStatus/resume'],
    ];
    for (const [as, path, body] of attempts) {
      const refused = await post(as, id, path, body);
      expect(refused.status, path).to.equal(404);
      expect(codeOf(refused)).to.equal(codeOf(await post(as, unknown, path, body)));
    }
  });

  it('answers 403 to a supervisor who sees the ticket but does not hold it', async () => {
    const id = await world.ticket('Accepted', { noc, foc });
    for (const path of ['ticketStatus/onTheWay', 'ticketStatus/resume']) {
      expect(outcomeOf(await post(supervisor, id, path))).to.deep.equal([403, 'ticket/not-yours']);
    }
  });

  it('answers 409 when the ticket is not where the command starts', async () => {
    const id = await world.ticket('Accepted', { noc, foc });
    for (const [as, path, code, body] of [
      [foc, 'ticketStatus/accept', 'ticket/already-accepted'],
      [other, 'ticketStatus/accept', 'ticket/already-accepted'],
      [foc, 'ticketStatus/checkedIn', 'ticket/wrong-status', EVIDENCE],
      [foc, 'taskStatus/checking', 'ticket/wrong-status', EVIDENCE],
      [foc, 'taskStatus/finishing', 'ticket/wrong-status', EVIDENCE],
      [foc, 'ticketStatus/resume', 'ticket/wrong-status'],
      [noc, 'publish', 'ticket/wrong-status'],
      [supervisor, 'assign', 'ticket/already-assigned', { focId: foc.id }],
    ] as const) {
      expect(outcomeOf(await post(as, id, path, body)), path).to.deep.equal([409, code]);
    }
  });

  it('answers 409 while a request waits, but to pending and cancel by NOC and to an assign', async () => {
    const id = await world.ticket('CheckInAsked', { noc, foc });
    const waits = [409, 'ticket/awaiting-validation'];
    const body = { remark: 'Rain.', pendingCategory: 'Weather', pendingInterval: 5 };
    expect(outcomeOf(await post(foc, id, 'ticketStatus/pending', body))).to.deep.equal(waits);
    expect(outcomeOf(await post(foc, id, 'ticketStatus/checkedIn', EVIDENCE))).to.deep.equal(waits);
    expect((await post(noc, id, 'ticketStatus/pending', body)).status).to.equal(201);
    const settled = listAt(await world.read(noc, id), 'ticketLogs').find(
      (card) => at(card, 'cardType') === 'RequestValidationAction',
    );
    expect(at(settled, 'isApproved')).to.equal(false);
    expect(textAt(settled, 'approvalRemark')).not.to.equal('');
    const given = await world.ticket('CheckInAsked', { noc, foc });
    expect((await post(supervisor, given, 'assign', { focId: other.id })).status).to.equal(201);
    expect(at(await world.read(noc, given), 'needValidate')).to.equal(false);
  });

  it('decides a request once', async () => {
    const id = await world.ticket('CheckInAsked', { noc, foc });
    const evidenceId = await world.waiting(noc, id);
    expect((await post(noc, id, `validate/${evidenceId}/false`)).status).to.equal(200);
    for (const answer of ['true', 'false']) {
      expect(outcomeOf(await post(noc, id, `validate/${evidenceId}/${answer}`))).to.deep.equal([
        409,
        'evidence/settled',
      ]);
    }
    expect(at(await world.read(noc, id), 'latestStatus')).to.equal('OnTheWay');
  });

  it('names the allowed categories', async () => {
    const id = await world.ticket('Accepted', { noc, foc });
    const body = { pendingCategory: 'Laziness', pendingInterval: 5 };
    const answer = await post(foc, id, 'ticketStatus/pending', body);
    expect(outcomeOf(answer)).to.deep.equal([400, 'category/unknown']);
    const [detail] = listAt(answer.body, 'error', 'details');
    expect(at(detail, 'path')).to.equal('pendingCategory');
    expect(textAt(detail, 'message')).to.include('Weather');
  });

  it('assigns only an active FOC or supervisor of the region', async () => {
    const id = await world.ticket('Open', { noc, foc });
    for (const focId of [farFoc.id, noc.id, randomUUID(), '__x__']) {
      expect(outcomeOf(await post(supervisor, id, 'assign', { focId }))).to.deep.equal([
        400,
        'ticket/assignee-invalid',
      ]);
    }
    expect((await post(supervisor, id, 'assign', { focId: supervisor.id })).status).to.equal(201);
  });

  it('does not close a ticket whose link was not checked', async () => {
    const id = await world.ticket('OnGoing', { noc, foc });
    expect(outcomeOf(await post(foc, id, 'taskStatus/finishing', EVIDENCE))).to.deep.equal([
      409,
      'ticket/link-check-needed',
    ]);
  });
});
