//! The HTML tree builder behind a guard. A tree builder searches its whole stack of open elements for every tag, so
//! deep nesting costs the square of its depth; the guard feeds it piece by piece, watches depth and number of the nodes
//! as they are made, and gives the page up where they pass the limits. Then there is no tree, and the caller reads tokens.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use crate::source::limits;

/// How much the parser is fed at a time, in bytes: no more can go wrong between two looks at the limits.
const PIECE: usize = 4 << 10;

/// The tree of a page; `None` where it nests too deeply or has too many nodes.
#[must_use]
pub fn parse(html: &str) -> Option<Document> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let state = State::default();
    let mut parser = parse_document(Guard::new(&state), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from(piece));
        if state.tripped.get() {
            return None;
        }
        rest = after;
    }
    let document = parser.finish();
    (!state.tripped.get()).then_some(document)
}

/// What the guard has seen.
#[derive(Default)]
struct State {
    depths: RefCell<HashMap<NodeId, u32>>,
    nodes: Cell<usize>,
    tripped: Cell<bool>,
}

/// Hands everything on to the document and keeps count.
struct Guard<'a> {
    document: Document,
    state: &'a State,
}

impl<'a> Guard<'a> {
    fn new(state: &'a State) -> Self {
        Self {
            document: Document::default(),
            state,
        }
    }

    fn made(&self, id: NodeId) -> NodeId {
        let nodes = self.state.nodes.get() + 1;
        self.state.nodes.set(nodes);
        if nodes > limits::NODES {
            self.state.tripped.set(true);
        }
        id
    }

    fn placed(&self, parent: NodeId, child: &NodeOrText<NodeId>, below: u32) {
        let NodeOrText::AppendNode(child) = child else {
            self.made(parent);
            return;
        };
        let mut depths = self.state.depths.borrow_mut();
        let depth = depths.get(&parent).copied().unwrap_or(0) + below;
        depths.insert(*child, depth);
        if depth > limits::DEPTH {
            self.state.tripped.set(true);
        }
    }
}

impl TreeSink for Guard<'_> {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'b>
        = <Document as TreeSink>::ElemName<'b>
    where
        Self: 'b;

    fn finish(self) -> Document {
        self.document
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'b>(&'b self, target: &'b NodeId) -> Self::ElemName<'b> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.made(self.document.create_element(name, attrs, flags))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.made(self.document.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.made(self.document.create_pi(target, data))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.placed(*parent, &child, 1);
        self.document.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.placed(*sibling, &child, 0);
        self.document.append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.placed(*previous, &child, 1);
        self.document
            .append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document
            .append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.document.get_template_contents(target);
        // Templates nest as well.
        self.placed(*target, &NodeOrText::AppendNode(contents), 1);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document
            .is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass_and_deep_ones_are_given_up() {
        let page = parse("<title>T</title><p>One<table><tr><td>x").expect("a tree");
        assert_eq!(page.select("td").text().trim(), "x");
        for bomb in [
            "<div>",
            "<ul><li>",
            "<b>",
            "<svg><g>",
            "<template>",
            "<table><td>",
        ] {
            assert!(parse(&bomb.repeat(64_000)).is_none(), "{bomb}");
        }
    }
}
