"""The demo business as the spreadsheets its owner would have; `data.demo.write` writes them."""
