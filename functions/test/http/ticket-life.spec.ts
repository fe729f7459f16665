import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, listAt, textAt } from '../support/client.ts';
import {
  cardFields,
  CLIENT,
  CLOSED_TICKET,
  expectFields,
  type Fields,
  PERSON,
  TICKET,
} from '../support/contract-types.ts';
import { documents } from '../support/documents.ts';
import { startApi, type TestApi } from '../support/harness.ts';

const EVIDENCE = {
  mediaUrl: 'https://media.example/evidence.jpg',
  remark: 'At the site.',
  locationCoordinate: '-6.9,107.6',
};
const PAUSE = { ...EVIDENCE, pendingCategory: 'Weather', pendingInterval: 60 };

describe('a whole life of a ticket, in its Firestore document', () => {
  let api: TestApi;
  let world: CgsWorld;
  let noc: Member;
  let foc: Member;
  let supervisor: Member;
  let now: Date;
  let id: string;
  const { read } = documents();

  before(async () => {
    now = new Date(Date.now() - 10 * 60 * 60_000);
    api = await startApi({ now: () => now });
    world = cgsWorld(api);
    [noc, foc, supervisor] = await Promise.all([
      world.member('NOC'),
      world.member('FOC'),
      world.member('FOCSupervisor'),
    ]);
    const contactPerson = [{ name: 'Dewi', phone: '0812345678' }];
    id = await world.open(noc, { isDraft: true, contactPerson, remark: 'No light.' });
  });
  after(() => api.stop());

  const expectContract = async (fields: Fields = TICKET) => {
    const ticket = await read(`tickets/${id}`);
    expectFields(ticket, fields, 'Ticket');
    expectFields(at(ticket, 'noc'), PERSON, 'Ticket.noc');
    expectFields(at(ticket, 'client'), CLIENT, 'Ticket.client');
    if (at(ticket, 'foc') !== null) expectFields(at(ticket, 'foc'), PERSON, 'Ticket.foc');
    for (const card of listAt(ticket, 'ticketLogs')) {
      const [type, status] = [textAt(card, 'cardType'), textAt(card, 'statusName')];
      expectFields(card, cardFields(type, status), `${type} ${status}`);
      expectFields(
        at(card, 'bubbleOption'),
        { photoUrl: ['string'], name: ['string'] },
        'bubbleOption',
      );
    }
    return ticket;
  };

  interface Step {
    readonly send: () => Promise<unknown>;
    readonly minutes: number;
    readonly status: string;
    readonly waits?: boolean;
  }

  const moved = (
    by: () => Member,
    path: string,
    minutes: number,
    status: string,
    body?: object,
  ): Step => ({ send: () => world.command(by(), id, path, body), minutes, status });
  const asked = (path: string, minutes: number, status: string): Step => ({
    ...moved(() => foc, path, minutes, status, EVIDENCE),
    waits: true,
  });
  const approved = (minutes: number, status: string): Step => ({
    send: () => world.approve(noc, id),
    minutes,
    status,
  });
  const byNoc = () => noc;
  const byFoc = () => foc;

  /** A command, the minutes until it, and the ticket's status after it. */
  const steps = {
    'is published': moved(byNoc, 'publish', 0, 'Open'),
    'is accepted': moved(byFoc, 'ticketStatus/accept', 5, 'Accepted'),
    'is under way': moved(byFoc, 'ticketStatus/onTheWay', 5, 'OnTheWay'),
    'waits for the check-in': asked('ticketStatus/checkedIn', 20, 'OnTheWay'),
    'is checked in': approved(5, 'CheckedIn'),
    'is checked': moved(byFoc, 'taskStatus/checking', 5, 'OnGoing', EVIDENCE),
    'gets a cable': moved(byFoc, 'taskStatus/pullingCable', 5, 'OnGoing', EVIDENCE),
    'waits for rain': moved(byNoc, 'ticketStatus/pending', 5, 'Pending', PAUSE),
    'is resumed': moved(byFoc, 'ticketStatus/resume', 30, 'OnGoing'),
    'is jointed': moved(byFoc, 'taskStatus/jointing', 5, 'OnGoing', EVIDENCE),
    'is tidied': moved(byFoc, 'taskStatus/tidying', 5, 'OnGoing', EVIDENCE),
    'waits for the link check': asked('taskStatus/linkChecking', 5, 'OnGoing'),
    'has its link': approved(5, 'OnGoing'),
    'waits for the end': asked('taskStatus/finishing', 5, 'OnGoing'),
    'is closed': approved(5, 'Closed'),
  } as const satisfies Record<string, Step>;

  it('starts as a draft with every field of the contract', async () => {
    expect(at(await expectContract(), 'latestStatus')).to.equal('Draft');
  });

  for (const [title, step] of Object.entries<Step>(steps)) {
    const { send, minutes, status, waits = false } = step;
    it(`${title}, with every field of the contract`, async () => {
      now = new Date(now.getTime() + minutes * 60_000);
      await send();
      const ticket = await expectContract();
      expect(at(ticket, 'latestStatus')).to.equal(status);
      expect(at(ticket, 'needValidate')).to.equal(waits);
      expect(at(ticket, 'documentId')).to.equal(id);
    });
  }

  it('ends with every time and duration known', async () => {
    const ticket = await expectContract(CLOSED_TICKET);
    expect(ticket).to.include({
      resolution: 'Finished',
      inProgressByFoc: false,
      isActive: false,
      acceptedDuration: 5,
      onTheWayDuration: 20,
      totalPendingDuration: 30,
      // From the check-in to the request to close, without the pending time.
      workDuration: 45,
      totalTime: 105,
    });
    expect(at(ticket, 'foc', 'id')).to.equal(foc.id);
  });

  it('is reassigned to another FOC with every field of the contract', async () => {
    id = await world.ticket('OnTheWay', { noc, foc });
    await world.command(foc, id, 'reassign', { remark: 'My van broke down.' });
    expect(at(await expectContract(), 'needReassign')).to.equal(true);
    const other = await world.member('FOC');
    await world.command(supervisor, id, 'assign', { focId: other.id, remark: 'You are nearer.' });
    const ticket = await expectContract();
    expect(at(ticket, 'needReassign')).to.equal(false);
    expect(at(ticket, 'foc', 'id')).to.equal(other.id);
  });

  it('is canceled with every field of the contract', async () => {
    id = await world.ticket('Accepted', { noc, foc });
    await world.command(foc, id, 'ticketStatus/cancel', { cancelCategory: 'Duplicate' });
    await expectContract();
    await world.approve(noc, id);
    const ticket = await expectContract();
    expect(ticket).to.include({ latestStatus: 'Closed', resolution: 'Canceled' });
  });
});
