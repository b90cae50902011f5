//! Phrases by which what is no text of an article is known, in lower case, with a bar between two. Data only.

/// What a line begins with that is none of the article, in lower case.
pub(super) const BEGINS: &str = "read more|read on|read also|read next|also read|read the|read our|continue reading|\
     keep reading|click here|click to|tap here|see also|see more|see the|see our|more from|more:|related:|related stories|\
     related articles|recommended:|subscribe|sign up|sign in|log in|register for|register now|join our|join us|join the discussion|\
     get the latest|get our|follow us|follow me|follow @|share this|share on|tweet this|like this|listen to|listen here|watch:|\
     watch the video|watch now|watch live|video:|photo:|photos:|photo by|photograph by|photograph:|image:|image credit|image source|\
     image by|images:|picture:|credit:|credits:|caption:|illustration:|illustration by|graphic:|source:|sources:|foto:|fotos:|bild:|\
     bildquelle|quelle:|this post is sponsored|this post contains affiliate|disclosure:|disclaimer:|tags:|filed under|filed to|\
     categories:|topics:|keywords:|mots-clés|schlagwörter|this entry was posted|posted in|posted by|posted on|by the associated press|\
     reporting by|editing by|additional reporting|with files from|contact:|email:|this article was originally|this article originally|\
     this article first|this post was originally|this post first|this story was originally|this story originally|this story first|\
     originally published|originally posted|first published|republished|this article was updated|this story was updated|\
     this post was updated|this article has been updated|this story has been updated|this article is part of|this story is part of|\
     this post is part of|this is part of|this week's newsletter|editor's note|editors' note|author's note|correction:|updated:|\
     update:|last updated|published:|published on|published at|©|all rights reserved|we use cookies|this site uses cookies|\
     this website uses cookies|by clicking|privacy policy|enable javascript|please enable|your browser|javascript is|your email|\
     enter your email|thank you for reading|thanks for reading|thanks for subscribing|support us|support our|buy now|shop now|\
     order now|comments url|article url|submitted by|comments:|points:|view comments|view original|view the|full story|full article|\
     permalink|comment on|skip to|table of contents|contents:|back to top|next:|previous:|transcript:|transcript provided|\
     npr transcripts|announce type|arxiv:|doi:|issn|isbn|published online|issued:|issued at|forecast issued|want more|want to read|\
     want to listen|have a tip|have a question|got a tip|got a question|send us|write to|email us|to read the|to read this|\
     to continue reading|to learn more|learn more|find out more|discover more|check out|weiterlesen|lesen sie|mehr lesen|mehr dazu|\
     lire aussi|lire la suite|lire notre|voir aussi|en savoir plus|abonnez-vous|inscrivez-vous|leer más|lea también|lee también|\
     suscríbete|leia também|leia mais|assine|leggi anche|leggi tutto|continua a leggere|iscriviti|lees ook|lees meer|lees verder|\
     čítajte|čtěte|читайте|фото:|джерело:|источник:|відео:|czytaj|zobacz|for more information|for more details|for more on|\
     for more stories|cookies|cookie policy|copyright ©|copyright (c)|copyright 2|photo courtesy|photo credit|loading…|loading...|\
     donate to|donate now|download the|download our|download and|download a|download it|sponsored by|sponsored content|terms of use|\
     terms of service|by continuing to use|by continuing to browse|tagged:|tagged with|crédit :|crédits :|crédit photo|подписывайтесь|\
     подпишитесь|підписуйтесь|à lire aussi|à lire :|mehr zum thema|cet article est réservé|more on this";

/// What a short line has in it that is a picture's caption or a share of a page's machinery.
pub(super) const CREDITS: &str = "getty images|/getty|/ getty|/reuters|/ reuters|/afp|/ afp|/ap)|/ap photo|ap photo|photo by|\
     photo:|image courtesy|photo courtesy|image credit|istock|wikimedia commons|all rights reserved|opens in a new tab|\
     terms of service|privacy policy|[link]|[comments]|comments url:|/dpa|picture alliance|picture-alliance|affiliate link|\
     handout photo|file photo|(photo|/shutterstock|via shutterstock|on unsplash|/unsplash|creative commons license|\
     creative commons attribution";

/// What a sentence has in it that calls its reader to something.
pub(super) const CALLS: &str = "click here|watch here|see below|show notes|% off|promo code|with code|use code|free shipping|\
     discount code|was originally published|originally appeared|first appeared|appeared first on|paid subscriber|subscribers-only|\
     podcast app|wherever you get|terms and conditions|leave a comment|let us know|let me know|feel free to|don't forget to|\
     don’t forget to|have a look at our|our newsletter|a weekly newsletter|opt in for|my newsletter|newsletter here";

/// What a greeting begins with.
pub(super) const GREETINGS: &str = "hello |hello,|hi |hi,|hey |welcome to|welcome back|good morning|good evening|dear |bonjour|\
     hallo|hola|bom dia|ciao|thank you|happy new|happy birthday|happy holidays";

/// Headings whose paragraphs are the article's own summary.
pub(super) const ABSTRACTS: &str = "abstract|summary|executive summary|tl;dr|tldr|key points|in brief|at a glance|the gist|\
     in short|résumé|sommaire|l'essentiel|en bref|zusammenfassung|kurz gefasst|kurzfassung|das wichtigste in kürze|resumen|resumo|\
     riassunto|sommario|samenvatting|sammanfattning|resumé|sammendrag|аннотация|анотація|streszczenie|abstrakt|souhrn|özet|摘要|要約|概要";

/// Headings under which nothing of the article itself stands.
pub(super) const ASIDES: &str = "references|bibliography|acknowledgements|acknowledgments|comments|related|related articles|\
     related stories|related posts|further reading|read more|more stories|tags|topics|share this|share|about the author|\
     author contributions|competing interests|footnotes|notes|newsletter|recommended|most read|sources|références|à lire aussi|\
     sur le même sujet|quellen|literatur|mehr zum thema|referencias|referências";

/// What a study says of itself.
pub(super) const FINDINGS: &str = "here we|we show|we find|we found|we report|we present|we propose|we introduce|we demonstrate|\
     we describe|we develop|our results|our findings|this paper|this study|this work|the study found|study found|in our study|\
     in this study|we investigate|we analy|we identif|we observe|we provide|we compare|we examine|we tested|we argue|we prove|i prove|\
     i show|researchers found|the results|results show|findings suggest";
