"""Two policies compared: in their own words, over all inputs, over a history; nothing here says which one is better."""
