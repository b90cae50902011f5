//! Parameters of addresses that follow the reader and do nothing for the page, in one table: an address is the same without them.

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
    "igsh",
    "igshid",
    "ito",
    "li_fat_id",
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
    "smid",
    "soc_src",
    "soc_trk",
    "spm",
    "sr_share",
    "sref",
    "srsltid",
    "traffic_source",
    "trk",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt.mc_id",
    "wt_mc",
    "xtor",
    "yclid",
];
/// How others begin.
const PREFIXES: &[&str] = &["at_", "hsa_", "mtm_", "pk_", "stm_", "utm_"];
/// Parameters that say where the reader came from, when their value says "a feed".
const REFERRING: &[&str] = &["cid", "emc", "feature", "from", "partner", "ref", "rss", "source", "src", "via"];

/// Whether `name=value` of a query is such a parameter.
pub(crate) fn is_tracking(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    let is_feed = || value.starts_with("rss") || value.starts_with("feed") || value.ends_with("rss") || value == "atom";
    NAMES.contains(&name.as_str())
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || (REFERRING.contains(&name.as_str()) && is_feed())
        || (name == "rss" && matches!(value.as_str(), "1" | "true"))
}

/// An address as it is shown, copied and opened: what follows the reader is gone, all else is as it was written.
pub(crate) fn without(address: String) -> String {
    let Some((page, rest)) = address.split_once('?') else { return address };
    let (query, place) = rest.split_once('#').map_or((rest, None), |(query, place)| (query, Some(place)));
    let Some(kept) = kept(query).filter(|_| !page.contains('#')) else { return address };
    let sign = if kept.is_empty() { "" } else { "?" };
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    format!("{page}{sign}{kept}{place}")
}

/// What is left of a query, when that is not all of it.
pub(crate) fn kept(query: &str) -> Option<String> {
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    (kept.len() < query.split('&').count()).then(|| kept.join("&"))
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
        check("https://a.example/x#utm_source=rss", "https://a.example/x#utm_source=rss");
        check("not an address", "not an address");
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
        ] {
            check(pair, true);
        }
        for pair in ["source=book", "ref=main", "from", "from=1", "id=7", "", "page=2", "via="] {
            check(pair, false);
        }
    }
}
