// The English words about a party that does not answer after a start. They come when there is one.

export const silentParty = {
  waits: '{party} has not said what it holds of our record since this node was started',
  waitsText:
    '{count, plural, one {One log of ours takes} other {# logs of ours take}} nothing in until it has. It may hold entries that a restored backup has lost here.',
  goOn: 'Go on without {party}',
  asked: 'One person has asked to go on without {party}, at {time}. A second one must say so within the hour.',
  second: 'Say so as the second person',
  done: 'This node goes on without {party}',
  doneText:
    'Two people decided at {time} not to wait for it. Nothing has been heard from {party} since: whether it holds entries of ours that are lost here is not known. What is said now is not yet with {party}.',
  heard: 'Two people decided at {time} to go on without {party}. It has been heard from since.',
  title: 'Go on without {party}?',
  danger:
    'If this node was restored from a backup and {party} holds entries that the backup lacks, our record will contradict itself: that is a proof of two histories, it cannot be undone, and every party will see it.',
  safe: 'It is safe when nothing was restored since {party} was last heard from. Ask by another line, the hotline for instance, how far it holds our record.',
  until: 'It holds until this node stops, and the security log keeps who decided.',
  confirm: 'I take this upon myself',
  back: 'Wait',
  reason_nothing: 'No log waits for it any more.',
  reason_changed: 'Other logs wait than were shown. Look again.',
  reason_lost: 'Entries that were signed are missing here. Nobody can go on without them.',
  reason_same: 'You have said so already. It takes a second person.',
  reason_machine: 'There are two people to decide it; the machine does not stand in for them.',
} as const
