"""The parts of the Streamlit app, each shown by one module; the app itself is `streamlit_app.py`."""
