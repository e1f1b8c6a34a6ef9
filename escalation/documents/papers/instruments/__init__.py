"""Drafts of legal forms: what their templates see, made from policy, pack and evaluation, and the text they give."""
