import { expect } from 'chai';
import { refuse } from '../../../kernel/decision.ts';
import { decideEach } from './decide-each.ts';
import { linkTicket } from './incidents/linked-ticket.ts';
import { type Opening, openTicket } from './open-ticket.ts';
import { type Decision, editTicket } from './ticket.ts';
import {
  admin,
  after,
  answer,
  client,
  clock,
  command,
  foc,
  foc2,
  give,
  minute,
  noc,
  policy,
  request,
  ticketIn,
  uuid,
} from '../../../../test/desks/cgs/fixtures.ts';
import type { Client } from './schemas.ts';
import { REFUSALS, type Refusal } from './vocabulary.ts';

const held = ticketIn(foc);
const asked = after(command.checkedIn, held.OnTheWay, foc, 20);
const wish = after(command.reassign, held.OnTheWay, foc, 20);
const moment = { now: minute(0), newId: uuid(7) };
const full = { ...held.Accepted, remark: 'x'.repeat(900_000) };
const open = (more: Record<string, unknown>, by = noc) =>
  openTicket(request(more), { client: null, area: null, policy, noc: by }, moment);
const spliced = {
  id: 'incident-1',
  title: 'Backbone cut',
  region: 'West',
  served: new Map([[held.Accepted.client.id ?? '', 'another-ticket']]),
} as const;
const elsewhere = { ...spliced, region: 'East' } as const;
const linked = { ...held.Open, incident: { id: 'incident-2', title: 'Another' } };
const nowhere = { client: null, address: 'Jl. Braga 9', customerType: 'Dedicated' };

/** One way to each refusal; a new refusal does not compile without its way. */
const WAYS: Record<Refusal, () => Decision | Opening> = {
  'ticket/forbidden': () => give(command.accept, held.Open, noc, 5),
  'ticket/not-found': () => give(command.onTheWay, held.Accepted, foc2, 5),
  'ticket/not-yours': () => give(command.onTheWay, held.Open, foc, 5),
  'ticket/forbidden-region': () => open({ ...nowhere, region: 'East' }),
  'ticket/region-required': () => open(nowhere, admin),
  'ticket/closed': () => give(command.cancel, held.Closed, noc, 80),
  'ticket/not-open': () => give(command.accept, held.Closed, foc2, 80),
  'ticket/already-accepted': () => give(command.accept, held.Accepted, foc2, 6),
  'ticket/awaiting-validation': () => give(command.pending, asked, foc, 21),
  'ticket/wrong-status': () => give(command.onTheWay, held.OnTheWay, foc, 21),
  'ticket/not-draft': () => editTicket({ region: 'East' }, held.Open, admin, { policy }, moment),
  'ticket/in-progress': () =>
    editTicket({ type: 'Maintenance' }, held.Accepted, noc, { policy }, moment),
  'ticket/link-check-needed': () =>
    give(command.finishing, after(command.tidying, held.CheckedIn, foc, 40), foc, 41),
  'ticket/already-assigned': () => give({ name: 'assign', foc }, held.Accepted, admin, 6),
  'ticket/assignee-invalid': () => give({ name: 'assign', foc: null }, held.Open, admin, 6),
  'ticket/assign-to-approve': () => give(answer(wish, true), wish, noc, 21),
  'ticket/not-due': () => give(command.breach, held.Open, clock, 1),
  'ticket/of-another-region': () => linkTicket(held.Open, elsewhere, admin, minute(6)),
  'ticket/in-incident': () => linkTicket(linked, spliced, noc, minute(6)),
  'ticket/client-in-incident': () => linkTicket(held.Open, spliced, noc, minute(6)),
  'ticket/log-full': () => give(command.onTheWay, full, foc, 6),
  'ticket/notes-full': () => give(command.note, full, foc, 6),
  'ticket/bulk-full': () => {
    const bulk = Array.from({ length: 9 }, () => ({ seen: { data: full } }));
    const noted = decideEach(bulk, (ticket) => ({ ok: true, patch: ticket }));
    return noted.at(-1)?.decision ?? refuse('ticket/not-found');
  },
  'category/unknown': () => give({ ...command.cancel, cancelCategory: '' }, held.Open, noc, 6),
  'evidence/not-found': () => give(command.validate, held.Open, noc, 6),
  'evidence/settled': () =>
    give(answer(asked, true), after(answer(asked, true), asked, noc, 21), noc, 22),
  'client/not-found': () => open({}),
  'client/other-region': () => {
    const far: Client = { ...client, id: 'far', region: 'East' };
    return editTicket({ client: 'far' }, held.Open, admin, { client: far, policy }, moment);
  },
  'area/not-found': () => open({ ...nowhere, area: 'area-x' }),
};

describe('refusals', () => {
  for (const [refusal, way] of Object.entries(WAYS)) {
    it(`${refusal} can happen, and says what to do`, () => {
      expect(way()).to.include({ ok: false, refusal });
    });
  }

  it('are client errors with a sentence each, no two alike', () => {
    const messages = Object.values(REFUSALS).map(({ message }) => message);
    expect(new Set(messages).size).to.equal(messages.length);
    for (const { status, message } of Object.values(REFUSALS)) {
      expect(status).to.be.oneOf([400, 403, 404, 409]);
      expect(message).to.match(/^[A-Z].*\.$/);
    }
  });
});
