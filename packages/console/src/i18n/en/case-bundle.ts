// The English words of the dialogue that makes a case bundle. They come with it and not with the first load.

export const caseBundle = {
  title: 'One file for a court',
  lead: 'The file holds every act of this case with its proof. Anybody can verify it offline, without a key of yours and without trusting you.',
  choose: 'Texts to disclose',
  chooseHint: 'Only what you choose can be read. Of every other text the file says that it exists, and its digest.',
  none: 'No text of this case can be opened here. The file then holds the acts without their texts.',
  final:
    'A text that has left cannot be taken back, and whoever has it can prove that it was said. The security log keeps who let it leave.',
  handling: 'Strictest handling of what is chosen: {handling}',
  nothing: 'No text is disclosed.',
  strict: 'What is chosen is marked {handling}: make sure that the receiver may have it.',
  make: 'Make the file',
  back: 'Back',
  made: 'The file of this case was made.',
  evidence:
    'Files of evidence are not in it. Hand them over as bags beside it; each bag holds the certificate of custody.',
  loading: 'Loading the texts of this case',
} as const
