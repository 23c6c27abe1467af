"""The server's own HTML of a component tree."""

from __future__ import annotations

import builtins

import pytest
from dash import dcc, html

from layouts.html import render
from layouts.markup import Markup, emphasis


def test_text_and_attributes_are_escaped():
    node = html.A("a < b & c", href='/?x="1"&y=2', title="<t>")
    assert render(node) == '<a href="/?x=&quot;1&quot;&amp;y=2" title="&lt;t&gt;">a &lt; b &amp; c</a>'


def test_names_of_properties_become_names_of_attributes():
    node = html.Label(
        "x", className="one two", htmlFor="field", tabIndex=-1, **{"data-state": "ok", "aria-busy": "true"}
    )
    assert render(node) == '<label aria-busy="true" class="one two" data-state="ok" for="field" tabindex="-1">x</label>'


def test_callback_properties_are_left_out_and_ids_are_kept():
    assert render(html.Div("x", id="tile-A", n_clicks=3)) == '<div id="tile-A">x</div>'


def test_children_nest_and_nothing_is_nothing():
    assert render(html.Ul([html.Li(0), None, [html.Li("b")]])) == "<ul><li>0</li><li>b</li></ul>"


def test_void_elements_have_no_end():
    assert render(html.Div([html.Br(), html.Img(src="a.png", alt="")])) == '<div><br><img alt="" src="a.png"></div>'


def test_true_is_a_bare_attribute_and_false_is_none():
    assert render(html.Button("x", disabled=True)) == "<button disabled>x</button>"
    assert render(html.Button("x", disabled=False)) == "<button>x</button>"


def test_links_and_markup_are_known():
    assert render(html.A("x", href="/kpi/A", className="l")) == '<a class="l" href="/kpi/A">x</a>'
    assert render(Markup(html="<svg></svg>", className="m", id="i")) == '<div class="m" id="i"><svg></svg></div>'


def test_markup_in_words_is_a_span():
    assert render(html.P(Markup(html="<svg></svg>", tag="span"))) == "<p><span><svg></svg></span></p>"


def test_an_inline_style_is_refused():
    with pytest.raises(ValueError, match="inline style"):
        render(html.Div("x", style={"color": "red"}))


def test_a_component_without_known_html_is_refused():
    with pytest.raises(ValueError, match="no HTML is known"):
        render(html.Div(dcc.Slider(0, 1)))


def test_markup_sends_dash_looking_for_no_package(monkeypatch):
    asked, real = [], builtins.__import__

    def noting(name, *rest, **named):
        asked.append(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", noting)
    drawn = render(Markup(html="<i></i>", className="m"))
    monkeypatch.undo()
    assert drawn == '<div class="m"><i></i></div>'
    assert not [name for name in asked if name.startswith("lantern")]


def test_emphasis_makes_what_stands_between_asterisks_strong():
    assert render(emphasis("cách *0,58 m* nữa")) == "cách <b>0,58 m</b> nữa"
