//! The sentences that machines add to articles, in lower case. Data only; what is done with them stands in `phrases.rs`.

/// What a paragraph says that is nothing but this, in lower case, without marks at its end.
#[rustfmt::skip]
pub(super) const WHOLE: &[&str] = &[
    "read more", "read the full article", "read full article", "read the full story", "read full story", "read the rest",
    "continue reading", "more", "click here to read more", "keep reading", "view article", "advertisement", "advertisements", "ad",
    "sponsored", "story continues below advertisement", "article continues below", "article continues after ad",
    "story continues below", "share this", "share this article", "share this story", "share this post", "share", "share on facebook",
    "share on twitter", "like this", "loading", "like loading", "like this: like loading", "follow us", "sign up for our newsletter",
    "subscribe to our newsletter", "subscribe now", "leave a comment", "subscribe", "tweet", "skip to content", "jump to comments",
    "opens in a new tab", "opens in new window", "opens in a new window", "email this article", "print this article",
    "this content is hosted by a third party", "email", "print", "comments", "back to top", "scroll to continue", "related articles",
    "read comments", "e-mail this", "add to del.icio.us", "digg this", "stumble it", "save to del.icio.us", "save this", "tweet this",
    "pin it", "reblog this", "read this article", "read article", "read the article", "read the original article",
    "read the whole story", "read it all", "full story", "full article", "view the full article", "view original",
    "view original article", "permalink", "listen to this post", "listen to this article", "to read this article in full, please click here",
    "this browser does not support the video element", "your browser does not support the audio element",
    "your browser does not support the video tag", "your browser does not support iframes", "click here to subscribe",
];
/// Those of them that an author may write too: they count at the end of a text or beside others of them.
pub(super) const AUTHORS: &[&str] = &["like this", "more", "share", "email", "print", "comments", "loading", "subscribe"];
/// "Read more" as sites in other languages say it.
#[rustfmt::skip]
pub(super) const MORE: &[&str] = &[
    "weiterlesen", "mehr lesen", "jetzt lesen", "zum artikel", "zum vollständigen artikel", "den ganzen artikel lesen", "lire la suite",
    "lire plus", "lire l’article", "lire l'article", "leer más", "seguir leyendo", "leer el artículo completo", "sigue leyendo",
    "leggi tutto", "leggi di più", "continua a leggere", "continua la lettura", "lees verder", "lees meer", "verder lezen", "leia mais",
    "ler mais", "continue lendo", "continuar a ler", "läs mer", "les mer", "læs mere", "lue lisää", "czytaj więcej", "czytaj dalej",
    "číst dále", "číst více", "čítať ďalej", "tovább", "citește mai mult", "читать дальше", "читать далее", "читать полностью",
    "читати далі", "devamını oku", "続きを読む", "阅读全文", "阅读更多", "閱讀全文", "更多", "더 보기", "اقرأ المزيد", "और पढ़ें",
];
/// A short paragraph for letters by mail: how it begins, and what it offers.
pub(super) const LETTERS: &[(&str, &str)] = &[
    ("subscribe to ", "our newsletter"),
    ("sign up for ", "our newsletter"),
    ("sign up to ", "our newsletter"),
    ("subscribe to our ", "newsletter"),
    ("sign up for our ", "newsletter"),
    ("sign up to our ", "newsletter"),
];
/// The sentence with which WordPress ends an article: how it begins, and what stands between the titles.
pub(super) const FIRST_ON: &[(&str, &str)] = &[
    ("the post ", " appeared first on "),
    ("the article ", " appeared first on "),
    ("the entry ", " appeared first on "),
    ("the post ", " first appeared on "),
    ("this article ", " appeared first on "),
    ("this article ", " first appeared on "),
    ("this post ", " appeared first on "),
    ("this story ", " appeared first on "),
    ("der beitrag ", " erschien zuerst auf "),
    ("der artikel ", " erschien zuerst auf "),
    ("dieser beitrag ", " erschien zuerst auf "),
    ("l’article ", " est apparu en premier sur "),
    ("l'article ", " est apparu en premier sur "),
    ("cet article ", " est apparu en premier sur "),
    ("la entrada ", " se publicó primero en "),
    ("la entrada ", " apareció primero en "),
    ("el artículo ", " apareció primero en "),
    ("l’articolo ", " proviene da "),
    ("l'articolo ", " proviene da "),
    ("l’articolo ", " sembra essere il primo su "),
    ("l'articolo ", " sembra essere il primo su "),
    ("het bericht ", " verscheen eerst op "),
    ("o post ", " apareceu primeiro em "),
    ("o conteúdo ", " aparece primeiro em "),
    ("o artigo ", " aparece primeiro em "),
    ("inlägget ", " dök först upp på "),
    ("artykuł ", " pochodzi z serwisu "),
    ("запись ", " впервые появилась "),
];
/// How other paragraphs of machines begin, in lower case.
pub(super) const BEGINNINGS: &[&str] = &[
    "read the full article at ",
    "read the full article on ",
    "read the full story at ",
    "read the full story on ",
    "read more of this story at ",
    "this entry passed through the full-text rss service",
    "statistics: posted by ",
    "sign up here to ",
    "to read this article in full, please click here",
    "this content is hosted by a third party",
    "[if the formatting looks odd in your feed reader",
];
/// The same, of short paragraphs with nothing but a link.
pub(super) const LINKED_BEGINNINGS: &[&str] = &[
    "read at ",
    "watch at ",
    "listen at ",
    "read more at ",
    "read more on ",
    "read more of this ",
    "read more about this ",
    "read on ",
    "continue reading ",
    "click here to read ",
    "view this post on ",
    "view on ",
    "related: ",
    "sign up to receive ",
    "sign up for ",
    "sign up here ",
    "subscribe to our ",
];
/// With what a line of links to the categories of an article begins.
pub(super) const CATEGORIES: &[&str] = &["tags:", "tagged:", "filed under:", "filed under ", "posted in ", "categories:", "topics:"];
/// Those of them that authors do not write.
pub(super) const FILED: &[&str] = &["tagged:", "filed under:"];
/// How a short paragraph begins that names nothing but networks.
pub(super) const FOLLOW: &str = "follow us on ";
/// What stands in the rest of it.
#[rustfmt::skip]
pub(super) const NETWORKS: &[&str] = &[
    "twitter", "x", "facebook", "instagram", "youtube", "linkedin", "telegram", "whatsapp", "mastodon", "threads", "bluesky", "tiktok",
    "pinterest", "reddit", "flipboard", "google", "news", "rss", "and", "or", "on", "our", "the", "page", "channel", "social", "media",
    "for", "more", "updates",
];
