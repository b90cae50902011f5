//! Parameters of addresses that follow the reader and do nothing for the page, in one table: an address is the same without them.

use super::address::is_host_in;

/// Names of such parameters, in lower case.
const NAMES: &[&str] = &[
    "__hsfp",
    "__hstc",
    "__s",
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "campaign_id",
    "ck_subscriber_id",
    "cmp",
    "cmpid",
    "dclid",
    "dgcid",
    "echobox",
    "fbclid",
    "feedname",
    "feedtype",
    "from_rss",
    "ftag",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsctatracking",
    "icid",
    "igsh",
    "igshid",
    "ito",
    "li_fat_id",
    "linkid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ns_campaign",
    "ns_fee",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "ocid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "ref_src",
    "ref_url",
    "s_cid",
    "sc_campaign",
    "smid",
    "soc_src",
    "soc_trk",
    "spm",
    "sr_share",
    "sref",
    "srnd",
    "srsltid",
    "traffic_source",
    "trk",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wickedid",
    "wpsrc",
    "wt.mc_id",
    "wt_mc",
    "xtor",
    "yclid",
];
/// How others begin.
const PREFIXES: &[&str] = &["at_", "hsa_", "matomo_", "mtm_", "pk_", "stm_", "utm_"];
/// Parameters that say where the reader came from, when their value says "a feed".
const REFERRING: &[&str] = &["cid", "emc", "feature", "from", "partner", "ref", "rss", "source", "src", "via"];

/// Parameters that follow the reader on one site and are a page's own on others: the end of the host (`name.*` in any country), a
/// part of the path, the names. What earns an author money (`tag` of a shop) follows no reader and stays.
const SITES: &[(&str, &str, &[&str])] = &[
    ("youtu.be", "", &["si", "feature", "pp"]),
    ("youtube.com", "", &["si", "feature", "pp"]),
    ("spotify.com", "", &["si"]),
    ("x.com", "/status/", &["s", "t"]),
    ("twitter.com", "/status/", &["s", "t"]),
    ("amazon.*", "", &["ref_", "pd_rd_*", "pf_rd_*", "crid", "sprefix", "qid", "sr", "dib", "dib_tag"]),
    ("tiktok.com", "", &["_r", "_t", "is_from_webapp", "sender_device"]),
    ("reddit.com", "", &["share_id", "rdt"]),
    ("facebook.com", "", &["mibextid", "rdid", "__cft__*", "__tn__"]),
    ("substack.com", "/p/", &["r", "triedRedirect", "showWelcomeOnShare"]),
    ("wsj.com", "", &["mod"]),
    ("barrons.com", "", &["mod"]),
    ("marketwatch.com", "", &["mod"]),
    ("linkedin.com", "", &["trackingId", "refId", "lipi"]),
];

/// Whether `name=value` of a query is such a parameter.
pub(crate) fn is_tracking(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    let is_feed = || value.starts_with("rss") || value.starts_with("feed") || value.ends_with("rss") || value == "atom";
    NAMES.contains(&name.as_str())
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || (REFERRING.contains(&name.as_str()) && is_feed())
        || (name == "ref" && is_host(&value))
        || (name == "rss" && matches!(value.as_str(), "1" | "true"))
}

/// Whether a value is the name of a site: what links there say of themselves.
fn is_host(value: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_country = |end: &str| end.len() > 1 && end.chars().all(char::is_alphabetic);
    value.rsplit_once('.').is_some_and(|(name, end)| is_country(end) && name.split('.').all(is_label))
}

/// An address as it is shown, copied and opened: what follows the reader is gone, all else is as it was written.
pub(crate) fn without(address: String) -> String {
    bare(&address).unwrap_or(address)
}

/// What is left of an address without what follows the reader, when that is not all of it.
pub(crate) fn bare(address: &str) -> Option<String> {
    let (page, place) = address.split_once('#').map_or((address, None), |(page, place)| (page, Some(place)));
    let (path, query) = page.split_once('?').map_or((page, None), |(path, query)| (path, Some(query)));
    let names = names_of_site(path);
    let kept: Option<Vec<&str>> =
        query.map(|query| query.split('&').filter(|pair| !is_tracking(pair) && !is_named(pair, &names)).collect());
    // a place has no name with a value
    let place = place.filter(|place| !place.split('&').all(|pair| pair.contains('=') && is_tracking(pair)));
    let query = kept.filter(|kept| !kept.is_empty()).map(|kept| format!("?{}", kept.join("&"))).unwrap_or_default();
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    let bare = format!("{path}{query}{place}");
    (bare.len() < address.len()).then_some(bare)
}

/// The names that mean this on one site only, all rows of it. A `*` at the end of one stands for anything.
fn names_of_site(path: &str) -> Vec<&'static str> {
    let rest = path.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let is_of = |site: &str| match site.strip_suffix(".*") {
        Some(name) => host.split('.').any(|label| label == name) && !host.starts_with('.'),
        None => is_host_in(&host, site),
    };
    SITES.iter().filter(|(site, part, _)| path.contains(part) && is_of(site)).flat_map(|(_, _, names)| names.iter().copied()).collect()
}

fn is_named(pair: &str, names: &[&str]) -> bool {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name);
    names.iter().any(|known| known.strip_suffix('*').map_or(name == *known, |start| name.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_the_page_needs() {
        let check = |address: &str, expected: &str| assert_eq!(without(address.to_string()), expected);
        check("https://a.example/?id=7&utm_source=rss&page=2#top", "https://a.example/?id=7&page=2#top");
        check("https://a.example/x?utm_source=rss", "https://a.example/x");
        check("https://a.example/x?utm_source=rss#top", "https://a.example/x#top");
        check("https://a.example/x?a=1&&b", "https://a.example/x?a=1&&b");
        check("https://a.example/#/x?utm_source=rss", "https://a.example/#/x?utm_source=rss");
        check("https://a.example/x#utm_source=rss&utm_medium=feed", "https://a.example/x");
        check("https://a.example/x?b=1#Echobox=1700000000", "https://a.example/x?b=1");
        check("https://a.example/x#utm_source", "https://a.example/x#utm_source");
        check("https://a.example/x#a=1&utm_source=rss", "https://a.example/x#a=1&utm_source=rss");
        check("https://a.example/x#", "https://a.example/x#");
        check("not an address", "not an address");
    }

    #[test]
    fn what_follows_the_reader_on_one_site_only_stays_on_others() {
        let check = |address: &str, expected: &str| assert_eq!(without(address.to_string()), expected);
        check("https://youtu.be/abc?si=x&t=90", "https://youtu.be/abc?t=90");
        check("https://www.youtube.com/watch?v=abc&feature=share&list=y&si=z", "https://www.youtube.com/watch?v=abc&list=y");
        check("https://open.spotify.com/episode/1?si=x", "https://open.spotify.com/episode/1");
        check("https://x.com/a/status/1?s=20&t=y", "https://x.com/a/status/1");
        check("https://x.com/search?q=a&s=b", "https://x.com/search?q=a&s=b");
        let shop = "https://www.amazon.co.uk/dp/1?tag=author-21&ref_=x&pd_rd_w=y&th=1";
        check(shop, "https://www.amazon.co.uk/dp/1?tag=author-21&th=1");
        check("https://writer.substack.com/p/a?r=abc", "https://writer.substack.com/p/a");
        check("https://www.wsj.com/a?mod=rss_x&id=1", "https://www.wsj.com/a?id=1");
        for address in [
            "https://a.example/?mod=1",
            "https://a.example/?si=1&feature=2&ref_=3",
            "https://fox.com/status/?s=1",
            "https://notyoutube.com/?si=1",
        ] {
            check(address, address);
        }
    }

    #[test]
    fn what_follows_the_reader_is_known_from_what_the_page_needs() {
        let check = |pair: &str, expected: bool| assert_eq!(is_tracking(pair), expected, "{pair:?}");
        for pair in [
            "utm_source=x",
            "UTM_Source",
            "fbclid=1",
            "ttclid=1",
            "_gl=1*a",
            "gad_source=1",
            "ck_subscriber_id=7",
            "__s=x",
            "ocid=x",
            "at_medium=RSS",
            "source=rss----3",
            "ref=feed",
            "via=rss",
            "rss=1",
            "ref=404media.co",
            "ref=news.example.org",
            "dgcid=x",
            "icid=x",
            "linkId=100",
            "sc_campaign=x",
            "matomo_campaign=x",
            "wpsrc=nl",
            "srnd=homepage",
        ] {
            check(pair, true);
        }
        for pair in ["source=book", "ref=main", "ref=v1.2", "ref=a.b/c", "ref=.", "ref=.co", "from", "from=1", "id=7", "", "page=2", "via="]
        {
            check(pair, false);
        }
    }
}
