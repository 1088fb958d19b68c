/** The words at the door, in English: signing in and up, and passwords. */

export const enDoor = {
  welcomeBack: 'Welcome back',
  joinUs: 'Take a seat',
  noAccountYet: 'New here?',
  haveAccount: 'Have an account?',
  forgotPassword: 'Forgot the password?',
  forgotTitle: 'Forgot the password',
  forgotHint: 'Tell us your e-mail. If there is an account, a link to a new password is on its way.',
  sendLink: 'Send the link',
  linkSent: 'If there is an account with this address, the link is on its way. It works for 30 minutes.',
  resetTitle: 'Choose a new password',
  resetDone: 'The password is changed, and every device was signed out. Sign in with the new one.',
  invitedTitle: 'Welcome, choose a password',
  invitedDone: 'The password is yours. Sign in with it.',
  linkUsedUp: 'This link has been used or is too old. Ask for a new one.',
  linkIncomplete: 'This link is incomplete. Open the whole link from the mail, or ask for a new one.',
  verifyTitle: 'Confirm your address',
  verifyDone: 'Thank you, the address is confirmed.',
  sessionEnded: 'Your session has ended. Sign in to go on where you were.',
  badCredentials: 'E-mail or password is wrong.',
  emailTaken: 'There is already an account with this e-mail.',
};
