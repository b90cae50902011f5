//! Broken markup and what is made of it, written as `name(children)` with quotes around text.

use super::*;

fn shown(nodes: &[Node<'_>]) -> String {
    let each = nodes.iter().filter_map(|node| match node {
        Node::Text(text) if text.trim().is_empty() => None,
        Node::Text(text) => Some(format!("'{text}'")),
        Node::Cdata(text) => Some(format!("[{text}]")),
        Node::Element(element) => {
            let attributes: String =
                element.attributes.iter().map(|attribute| format!(" {}={}", attribute.name, attribute.value)).collect();
            let cut = if element.is_cut { "~" } else { "" };
            Some(format!("{}{attributes}{cut}({})", element.name, shown(&element.children)))
        }
    });
    each.collect::<Vec<_>>().join(" ")
}

fn check(input: &str, expected: &str, notes: &[&str]) {
    let mut found = Notes::default();
    assert_eq!(shown(&read(input, &mut found)), expected, "{input:?}");
    assert_eq!(found.finish(), notes, "{input:?}");
}

#[test]
fn sound_markup_needs_no_repair() {
    check("<?xml version='1.0'?><!-- c --><a b=\"1\" c='2 > 1'><d/>x<![CDATA[<y>]]></a>", "a b=1 c=2 > 1(d() 'x' [<y>])", &[]);
    check("<a>&lt;&amp;&gt;&quot;&apos;&#8217;&#x2019;</a>", "a('<&>\"'’’')", &[]);
    check("<!DOCTYPE a [<!ENTITY co \"ACME &amp; Co\">]><a>&co;</a>", "a('ACME & Co')", &[]);
}

#[test]
fn entities_are_repaired() {
    check("<a>\nit&rsquo;s</a>", "a('\nit’s')", &["repaired: undefined entity &rsquo; at line 2"]);
    check("<a>R & D AT&T</a>", "a('R & D AT&T')", &["repaired: bare & at line 1"]);
    check(
        "<a b=\"?x=1&y=2\">&nope;</a>",
        "a b=?x=1&y=2('&nope;')",
        &["repaired: bare & at line 1", "repaired: unknown entity &nope; at line 1"],
    );
    check(
        "<a>&#0;&#xD800;&#xFFFD;</a>",
        "a('\u{fffd}\u{fffd}\u{fffd}')",
        &["repaired: impossible character &#0; at line 1", "repaired: impossible character &#xD800; at line 1"],
    );
    check(
        "<a>x&#27;[2J&#7;</a>",
        "a('x[2J')",
        &["repaired: control character &#27; at line 1", "repaired: control character &#7; at line 1"],
    );
}

#[test]
fn hostile_entities_are_harmless() {
    let laughs = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><a>&e;x</a>";
    check(laughs, "a('x')", &["repaired: endless or too large entity &e; left out at line 1"]);
    check("<!DOCTYPE r [<!ENTITY x \"&x;\">]><a>&x;y</a>", "a('y')", &["repaired: endless or too large entity &x; left out at line 1"]);
    check("<!DOCTYPE r [<!ENTITY x \"\">]><a>&x;y</a>", "a('y')", &[]);
    check("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "a('&x;')", &["repaired: unknown entity &x; at line 1"]);
    let many = format!("<!DOCTYPE r [<!ENTITY x \"{}\">]><a>{}</a>", "a".repeat(9_000), "&x;".repeat(10_000));
    assert!(shown(&read(&many, &mut Notes::default())).len() < 1_100_000);
}

#[test]
fn tags_are_repaired() {
    check("<a b=1 c=http://x/ d>t</a>", "a b=1 c=http://x/ d=('t')", &["repaired: attribute without quotes at line 1"]);
    check("<a b=\"1\" b=\"2\"/>", "a b=1()", &["repaired: attribute given twice at line 1"]);
    check("<a b=\"1>t</a>", "a b=1('t')", &["repaired: attribute without closing quote at line 1"]);
    check("<a b=\"x.mp3 c=\"1\"/>", "a b=x.mp3 c=1()", &["repaired: attribute without closing quote at line 1"]);
    check("<p>if a<b then c</p>", "p('if a<b then c')", &["repaired: stray < at line 1"]);
    check("<description>if a<b then c</description>", "description('if a&lt;b then c')", &["repaired: stray < at line 1"]);
    check("<a b=\"x<y>z\">t</a>", "a b=x<y>z('t')", &["repaired: < in an attribute at line 1"]);
    check("<a><b <c/></a>", "a(b(c()))", &["repaired: tag without > at line 1", "repaired: <b> without end at line 1"]);
    check("<title>if a < b and x<y</title>", "title('if a < b and x<y')", &["repaired: stray < at line 1"]);
    check("Warning: x\n<rss/>\n done", "rss()", &["repaired: text before the document", "repaired: text after the document"]);
    check("Oops\n<b>x</b> y <rss/>", "b('x') rss()", &["repaired: text before the document"]);
    check(
        "<channel>x<item/>\n y</channel>",
        "channel('x' item() '\n y')",
        &["repaired: text between articles at line 1", "repaired: text between articles at line 2"],
    );
    check("<a>x ]]> y</a>", "a('x  y')", &["repaired: stray ]]> at line 1"]);
    check(
        "<a><![CDATA[x <![CDATA[y]]> z]]></a>",
        "a([x y] ' z')",
        &["repaired: CDATA inside CDATA at line 1", "repaired: stray ]]> at line 1"],
    );
}

#[test]
fn what_only_looks_sound_is_told_once() {
    check("<Item><Title>a</title></item>\n<i></I>", "Item(Title('a')) i()", &["repaired: end tags unlike their start tags at line 1"]);
    check("<x:a xmlns:x='u'></y:a>", "x:a xmlns:x=u()", &["repaired: end tags unlike their start tags at line 1"]);
    check("<a c='&#128;'>\n&#147;&#x92;</a>", "a c=€('\n“’')", &["repaired: references to characters of windows-1252 at line 1"]);
    check("<!-- a --><a/><!-- a -- b -->\n<!-- c --->", "a()", &["repaired: -- in a comment at line 1"]);
    check("<a b='1' hidden>t</a>", "a b=1 hidden=('t')", &["repaired: attribute without value at line 1"]);
    check("<a b='1'c='2'/>", "a b=1 c=2()", &["repaired: no space between attributes at line 1"]);
    check("<a b='1'/><a b='1' /><a\nb='1'\tc='2'\n>t</a>", "a b=1() a b=1() a b=1 c=2('t')", &[]);
}

#[test]
fn an_xml_declaration_stands_once_at_the_beginning() {
    check("<?xml version='1.0' encoding=\"utf-8\"?>\n<a/>", "a()", &[]);
    check("<?xml version='1.0'?><?xml-stylesheet href=x?><a/>", "a()", &[]);
    check("\n\n<?xml version='1.0'?><a/>", "a()", &["repaired: white space before <?xml at line 3"]);
    check("<?xml version='1.0'?><?xml version='1.0'?><a/>", "a()", &["repaired: <?xml again at line 1"]);
    check("<?xml version='1.0'?>\n<a><?xml version='1.0'?></a>", "a()", &["repaired: <?xml again at line 2"]);
    check("<?xml version=1.0 encoding=utf-8?><a/>", "a()", &["repaired: damaged <?xml at line 1"]);
    check("<?xml version='1.0'><a/>", "a()", &["repaired: damaged <?xml at line 1"]);
    check("x\n<?xml version='1.0'?><a/>", "a()", &["repaired: text before the document"]);
}

#[test]
fn cdata_without_end_ends_with_its_element() {
    let note = &["repaired: CDATA without end at line 1"];
    let next = |text: &str| format!("<c><item><description><![CDATA[x </description></item><item><title>{text}</title></item></c>");
    check(&next("t"), "c(item(description([x ])) item(title('t')))", note);
    check(&next("<![CDATA[t]]>"), "c(item(description([x ])) item(title([t])))", note);
    check("<item><title><![CDATA[x</title><description><![CDATA[y]]></description></item>", "item(title([x]) description([y]))", note);
    let quoted = "<d><item><d>q</d></item><item><d>r</d></item>";
    check(&format!("<d><![CDATA[{quoted}]]></d>"), &format!("d([{quoted}])"), &[]);
    let stray = "<c><item><description><![CDATA[x</description></item><item><title>a ]]> b</title></item><item><title>c</title></item></c>";
    let notes = [note[0], "repaired: stray ]]> at line 1"];
    check(stray, "c(item(description([x])) item(title('a  b')) item(title('c')))", &notes);
    let stray = "<item><d><![CDATA[x</d><title>a</title><description>y]]></description></item>";
    check(stray, "item(d([x]) title('a') description('y'))", &notes);
    check("<d><![CDATA[ends with </d> in XML]]></d>", "d([ends with </d> in XML])", &[]);
    check("<d><![CDATA[ends with </d> <b>in</b>]]></d>", "d([ends with </d> <b>in</b>])", &[]);
    let split = "<d><![CDATA[<d>q<![CDATA[a]]]]><![CDATA[></d></item><item><d><![CDATA[b]]]]><![CDATA[></d>]]></d>";
    assert!(matches!(&read(split, &mut Notes::default())[..], [Node::Element(only)] if only.text().ends_with("b]]></d>")));
}

#[test]
fn missing_ends_are_found() {
    check(
        "<item><title>T</titel><link>x</link></item>",
        "item(title('T') link('x'))",
        &["repaired: </titel> without beginning at line 1", "repaired: <title> without end at line 1"],
    );
    check(
        "<c><item><title>a</title><item><title>b</title></item></c>",
        "c(item(title('a')) item(title('b')))",
        &["repaired: <item> without end at line 1"],
    );
    check(
        "<item><description>x<p>y<pubDate>z</pubDate></item>",
        "item(description('x' p('y')) pubDate('z'))",
        &["repaired: <p> without end at line 1", "repaired: <description> without end at line 1"],
    );
    check("<description>a<br>b<img src=\"i\">c</description>", "description('a' br() 'b' img src=i() 'c')", &[]);
    check("<item><item/><guid>1</guid></item>", "item(item() guid('1'))", &[]);
    check(
        "<media:content><dc:creator>x</dc:creator></media:content>",
        "media:content(dc:creator('x'))",
        &["repaired: undeclared prefix media:", "repaired: undeclared prefix dc:"],
    );
    check("<A><b></B></a>", "A(b())", &["repaired: end tags unlike their start tags at line 1"]);
}

#[test]
fn a_field_without_end_ends_where_the_next_begins() {
    let without = |name: &str| format!("repaired: <{name}> without end at line 1");
    let checked = |input: &str, expected: &str, names: &[&str]| {
        let notes: Vec<String> = names.iter().map(|name| without(name)).collect();
        check(input, expected, &notes.iter().map(String::as_str).collect::<Vec<_>>());
    };
    checked(
        "<channel><image><url>u</url><title>I</title><item><title>a</title></item><item><guid>b</guid></item></channel>",
        "channel(image(url('u') title('I')) item(title('a')) item(guid('b')))",
        &["image"],
    );
    checked(
        "<channel><image><title>I</title><title>T</title><item/></channel>",
        "channel(image(title('I')) title('T') item())",
        &["image"],
    );
    checked(
        "<item><category>c1<category>c2<link>http://e.org/a</link></item>",
        "item(category('c1') category('c2') link('http://e.org/a'))",
        &["category"],
    );
    checked(
        "<item><enclosure url=\"u\" ><link>l</link><guid>g</guid></item>",
        "item(enclosure url=u() link('l') guid('g'))",
        &["enclosure"],
    );
    checked("<item><description>text<link>l</link></item>", "item(description('text') link('l'))", &["description"]);
    checked(
        "<entry><author><name>x<title>T</title><link href=\"l\"/></entry>",
        "entry(author(name('x')) title('T') link href=l())",
        &["name", "author"],
    );
    checked(
        "<item xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\
         <media:content url=\"u\"><media:thumbnail url=\"t\"><atom:link href=\"l\"/><title>T</title></item>",
        "item xmlns:media=http://search.yahoo.com/mrss/ xmlns:atom=http://www.w3.org/2005/Atom(media:content url=u(media:thumbnail url=t()) atom:link href=l() title('T'))",
        &["media:thumbnail", "media:content"],
    );
    checked(
        "<entry><source><title>S</title></source><content><link/><title>x</title></content></entry>",
        "entry(source(title('S')) content(link() title('x')))",
        &[],
    );
}

#[test]
fn a_cut_document_keeps_what_is_whole() {
    check(
        "<r><item><title>a</title><link>b</li",
        "r~(item~(title('a') link~('b')))",
        &["repaired: the document ends inside a tag at line 1", "repaired: the document ends inside <link>"],
    );
    check("<r><item><title>a", "r~(item~(title~('a')))", &["repaired: the document ends inside <title>"]);
    check("<r><d><![CDATA[a", "r~(d~([a]))", &["repaired: CDATA without end at line 1", "repaired: the document ends inside <d>"]);
    check("<r><item/><it", "r~(item())", &["repaired: the document ends inside a tag at line 1", "repaired: the document ends inside <r>"]);
}

#[test]
fn depth_and_numbers_are_bounded() {
    let deep = format!("<d>{}x{}</d><e/>", "<a>".repeat(5000), "</a>".repeat(5000));
    let mut notes = Notes::default();
    let nodes = read(&deep, &mut notes);
    assert_eq!(nodes.len(), 2);
    let wide = format!("<a {}/>", (0..5000).map(|number| format!("b{number}='1' ")).collect::<String>());
    let Node::Element(element) = &read(&wide, &mut Notes::default())[0] else { panic!("no element") };
    assert!(element.attributes.len() < 100);
}

#[test]
fn namespaces_are_known_by_address_then_by_prefix() {
    let check = |input: &str, expected: Space| {
        let nodes = read(input, &mut Notes::default());
        let Node::Element(element) = &nodes[0] else { panic!("no element") };
        assert_eq!(element.space, expected, "{input}");
    };
    check("<a/>", Space::Core);
    check("<dc:date/>", Space::DublinCore);
    check("<x:date xmlns:x='http://purl.org/dc/elements/1.1/'/>", Space::DublinCore);
    check("<feed xmlns='http://www.w3.org/2005/Atom'/>", Space::Atom);
    check("<media:content/>", Space::Media);
    check("<nobody:knows/>", Space::Other);
}

#[test]
fn what_php_prints_is_left_out_and_told() {
    let message =
        |line: u32| format!("<br />\n<b>Warning</b>:  Undefined variable $x in <b>/srv/feed.php</b> on line <b>{line}</b><br />\n");
    let plain = "PHP Notice:  Undefined index in /srv/feed.php on line 3\n";
    let told = |line: u32| format!("repaired: output of PHP at line {line}");
    let checked = |input: &str, expected: &str, lines: &[u32]| {
        let notes: Vec<String> = lines.iter().map(|line| told(*line)).collect();
        check(input, expected, &notes.iter().map(String::as_str).collect::<Vec<_>>());
    };
    checked(&format!("{}<rss><item/></rss>", message(3)), "rss(item())", &[1]);
    checked(&format!("<channel><item/>\n{}<item/></channel>", message(3)), "channel(item() item())", &[2]);
    checked(&format!("<description>x{}y</description>", message(12)), "description('x\ny')", &[1]);
    checked(&format!("{plain}<channel><item/>\n{plain}</channel>"), &format!("channel(item() '\n{plain}')"), &[1, 3]);
    checked("<p>a<b>Warning</b>: mind the step on line 3</p>", "p('a' b('Warning') ': mind the step on line 3')", &[]);
    let quoted = format!("<d><![CDATA[{}]]></d>", message(3));
    checked(&quoted, &format!("d([{}])", message(3)), &[]);
}

#[test]
fn emphasis_without_end_before_the_feed_is_no_cut() {
    check(
        "<b>Oops <i>x<rss><item/></rss>",
        "b('Oops ' i('x')) rss(item())",
        &["repaired: <i> without end at line 1", "repaired: <b> without end at line 1"],
    );
    check("<b>Oops <rss><item/></rss></b>", "b('Oops ' rss(item()))", &[]);
    check(
        "<b>Oops <rss><item>",
        "b('Oops ') rss~(item~())",
        &["repaired: <b> without end at line 1", "repaired: the document ends inside <item>"],
    );
}

#[test]
fn a_stray_sign_moves_no_place_that_is_told() {
    check(
        "<rss><description><&#27;",
        "rss~(description~('&lt;'))",
        &["repaired: stray < at line 1", "repaired: control character &#27; at line 1", "repaired: the document ends inside <description>"],
    );
}

#[test]
fn what_turns_out_to_be_no_tag_is_passed_once() {
    let steps = |text: &str| {
        let mut lexer = Lexer::new(text);
        while lexer.next("description").is_some() {}
        lexer.steps
    };
    let check = |start: &str, again: &str| {
        let few = steps(&format!("{start}{}< end", again.repeat(100)));
        let many = steps(&format!("{start}{}< end", again.repeat(200)));
        assert!(few >= 100 && many <= 2 * few, "{start}{again}: {few}, then {many}");
    };
    check("<b x ", "z=' <b x ' ");
    check("<b x ", "x=\" <b x \" ");
    check("<b x ", "=' <b x ' ");
    check("<b x ", "z=' <b x ");
    check("", "<b x ");
    assert_eq!(steps("<b x=1 y>"), 2);
}
