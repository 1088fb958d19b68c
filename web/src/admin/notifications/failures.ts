/** Why something was not delivered: the log has it in English. */

const IN_GERMAN: [said: RegExp, german: string][] = [
  [/^The mail server answered (\d+)\.$/, 'Der Mailserver antwortete $1.'],
  [
    /^The mail server cannot be reached, or broke off: (\w+)\.$/,
    'Der Mailserver ist nicht erreichbar oder brach ab: $1.',
  ],
  [/^The webhook answered (\d+)\.$/, 'Der Webhook antwortete $1.'],
  [
    /^Text messages are switched off: SMS_SENDER is not set\.$/,
    'SMS sind ausgeschaltet: SMS_SENDER ist nicht gesetzt.',
  ],
  [/^Nobody answers at that host and port\.$/, 'Unter diesem Host und Port antwortet niemand.'],
  [/^The answer broke off or is no HTTP\.$/, 'Die Antwort brach ab oder ist kein HTTP.'],
  [/^There is no host of that name\.$/, 'Einen Host dieses Namens gibt es nicht.'],
];

/** What is not known stays as it came. */
export function sayFailure(failure: string, language: string): string {
  const known = language === 'de' ? IN_GERMAN.find(([said]) => said.test(failure)) : undefined;
  return known ? failure.replace(...known) : failure;
}
